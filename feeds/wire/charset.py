"""From the bytes of a feed to its characters, whatever the server, the feed or neither says about them."""

from __future__ import annotations

import codecs
import re
from typing import Final

_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_HEADER: Final = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE_UTF16: Final = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"))
# Python knows codecs that are no character sets, some of them slow on purpose-made input (punycode).
_CHARACTER_SET: Final = re.compile(
    r"utf-(?:8|16|16-le|16-be|32|32-le|32-be)|ascii|iso8859-\d+|cp\d+|koi8-[rut]|mac-\w+|gb\w+|big5\w*|hz"
    r"|shift_jis\w*|euc_\w+|iso2022_\w+|johab|tis-620|kz1048|ptcp154|hp-roman8"
)


def decode(body: bytes, content_type: str = "") -> str:
    """The characters of a feed's bytes.

    What decodes as UTF-8 is UTF-8, whatever is declared, since nothing else looks like it by chance. Otherwise the
    feed's own declaration counts, then the ``Content-Type`` header, then Windows-1252; a byte that fits none of them
    becomes U+FFFD.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    for start, charset in _BARE_UTF16:
        if body.startswith(start):
            return body.decode(charset, "replace")
    said = [name for name in (_declared(body), _in_header(content_type)) if name]
    if not any(name.startswith(("iso2022", "hz", "utf-16", "utf-32")) for name in said):
        said.insert(0, "utf-8")
    for name in [*said, "utf-8", "cp1252"]:
        try:
            return body.decode("cp1252" if name in ("ascii", "iso8859-1") else name)
        except UnicodeDecodeError:
            continue
    return body.decode(next((name for name in said if name not in ("utf-8", "ascii")), "utf-8"), "replace")


def _declared(body: bytes) -> str:
    found = _DECLARED.match(body[:512])
    return _codec(found[1].decode("ascii")) if found else ""


def _in_header(content_type: str) -> str:
    found = _HEADER.search(content_type)
    return _codec(found[1]) if found else ""


def _codec(name: str) -> str:
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return ""
    return known if _CHARACTER_SET.fullmatch(known) else ""
