"""The agency behind a story, and whether it is urgent, an update, a correction or withdrawn.

Both are read off what the outlet printed; nothing is taken off the title, which stays verbatim.
"""

from __future__ import annotations

import re
from typing import Final

_AGENCIES: Final[dict[str, tuple[str, ...]]] = {
    "Reuters": ("reuters", "thomson reuters", "reuters.com", "reuters news agency"),
    "AP": ("ap", "associated press", "the associated press", "ap news", "apnews", "apnews.com"),
    "AFP": ("afp", "agence france-presse", "agence france presse", "agence france presse (afp)"),
    "dpa": ("dpa", "deutsche presse-agentur"),
    "EFE": ("efe", "agencia efe"),
    "ANSA": ("ansa",),
    "UPI": ("upi", "united press international"),
    "PA": ("pa media", "pa news agency", "press association"),
    "Bloomberg": ("bloomberg", "bloomberg news", "bloomberg.com"),
    "Xinhua": ("xinhua", "xinhua news agency"),
    "TASS": ("tass", "itar-tass"),
    "Interfax": ("interfax",),
    "RIA Novosti": ("ria novosti", "ria"),
    "Ukrinform": ("ukrinform",),
    "Interfax-Ukraine": ("interfax-ukraine", "interfax ukraine"),
    "Kyodo": ("kyodo", "kyodo news"),
    "Yonhap": ("yonhap", "yonhap news agency"),
    "PTI": ("pti", "press trust of india"),
    "ANI": ("ani", "asian news international"),
    "Anadolu": ("anadolu", "anadolu agency", "aa.com.tr"),
    "Pajhwok": ("pajhwok", "pajhwok afghan news"),
    "Khaama Press": ("khaama press",),
    "CP": ("the canadian press", "canadian press"),
    "AAP": ("aap", "australian associated press"),
    "SANA": ("sana",),
    "IRNA": ("irna",),
    "UN News": ("un news",),
}
"""An agency's short name, and the ways it is written in credits, in lower case."""

_BY_NAME: Final = {written: short for short, names in _AGENCIES.items() for written in names}
_ANY_NAME: Final = "|".join(re.escape(name) for name in sorted(_BY_NAME, key=len, reverse=True))

# The opening of a take: "KABUL (AP) -", "KABUL, Aug 12 (Reuters) -", "(Reuters) -", "London (AFP) –".
# A place or a date may stand before the bracket, but no sentence: 60 characters without a full stop.
_DATELINE: Final = re.compile(
    rf"\A(?P<place>[^().!?\n]{{0,50}}(?:\b[A-Z][a-z]{{2}}\. ?\d{{1,2}},? ?)?)"
    rf"\((?P<name>{_ANY_NAME})(?:/[^()]{{1,40}})?\)\s*(?P<dash>[-‐-―:]|\Z|(?-i:(?=[A-Z“])))",
    re.IGNORECASE,
)
# "KABUL, Aug 12, AFP -" and "AP - ": agencies in capitals only, since "ap" and "pa" are words.
_BARE_DATELINE: Final = re.compile(
    r"\A(?:[A-Z][^().!?\n]{0,50}, )?(?P<name>AP|AFP|REUTERS|Reuters|EFE|dpa|UPI)\s+[-‐-―]{1,2}\s"
)
_CREDIT: Final = re.compile(
    rf"\b(?P<name>{_ANY_NAME})\s+(?:journalists?\s+)?contributed\s+to\s+this\b"
    rf"|\((?:with|from|source:|via)\s+(?:inputs?\s+from\s+)?(?P<with>{_ANY_NAME})\b[^()]{{0,60}}\)"
    rf"|\b(?:source|credit|via)\s*:\s*(?P<source>{_ANY_NAME})\b(?![-'’])"
    rf"|(?:©|\(c\)|copyright)\s*(?:\d{{4}}\s*)?(?P<copyright>{_ANY_NAME})\b",
    re.IGNORECASE,
)
_CREDIT_SIGN: Final = re.compile(
    r"contributed to|\((?:with|from|source|via|c\))|(?:source|credit|via)\s*:|©|copyright", re.IGNORECASE
)
"""Told before the names are looked for, which takes thirty times as long."""
_CREDIT_SIGNS: Final = ("contributed to", "(", ":", "©", "copyright")
"""Without one of these in it there is no such sign: told in a tenth of the time that the pattern takes."""
_AT_END: Final = re.compile(rf"[(\[]\s*(?P<name>{_ANY_NAME})\s*[)\]]\s*\.?\Z", re.IGNORECASE)
_BYLINE: Final = re.compile(
    rf"\A(?:by\s+)?(?:(?:staff|agencies|.{{2,60}}?)\s*[,/|(–—-]\s*|.{{0,60}}\b(?:and|for|of)\s+(?:the\s+)?)?"
    rf"(?P<name>{_ANY_NAME})\)?\s*(?:,.{{0,40}})?\Z",
    re.IGNORECASE,
)

_FLAGS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "WITHDRAWN",
        re.compile(
            r"\A\W*(?:withdrawn|retracted|retraction|(?:mandatory |bulletin )?kill|story withdrawn|"
            r"advisory[-: ]+.{0,30}\bwithdrawn)\b\s*(?:[-–—:|\])]|\Z)|"
            r"\A\W*(?:editors?['’]?s?['’]? note|attention editors?)\W.{0,60}\b(?:withdrawn|kill(?:ed)?)\b|"
            r"[\[(]\s*withdrawn\s*[\])]\s*\Z|"
            r"\b(?:this|the) (?:story|article|report|alert) (?:has been|is|was) (?:withdrawn|retracted)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "CORRECTED",
        re.compile(
            r"\A\W*(?:(?:update|wrapup) ?\d*[-–—: ]+)?(?:corrected|correction|corrects|refile|clarification|"
            r"corrected[-– ](?:official|update \d+))\s*(?:\([^()]*\))?\s*[-–—:|\])]|[\[(]\s*correct(?:ed|ion)\s*[\])]\s*\Z",
            re.IGNORECASE,
        ),
    ),
    (
        "URGENT",
        re.compile(
            r"\A\W*(?:urgent|flash|alert|newsalert|news alert|breaking|breaking news|snap|bulletin)\s*[-–—:|\]!)]|"
            r"\A[🔴🚨]",
            re.IGNORECASE,
        ),
    ),
    (
        "UPDATE",
        re.compile(
            r"\A\W*(?:update|updated|wrapup|recap|lead|write-?thru|adds|1st ld|2nd ld|3rd ld)(?: ?\d+)?\s*[-–—:|\])]|"
            r"[\[(]\s*updated?(?: ?\d+)?\s*[\])]\s*\Z",
            re.IGNORECASE,
        ),
    ),
)


_WITHDRAWN_SIGNS: Final = ("withdrawn", "retract", "kill")
_FLAG_SIGNS: Final = (
    *_WITHDRAWN_SIGNS,
    *("correct", "refile", "clarification", "urgent", "flash", "alert", "breaking", "snap", "bulletin"),
    *("update", "wrapup", "recap", "lead", "write", "adds", " ld", "1st", "2nd", "3rd", "🔴", "🚨"),
)
"""Without one of these in it no text bears a flag: told in a fraction of the time that the patterns take."""


def wire_credit(*, title: str, text: str, source: str = "", author: str = "") -> str:
    """The short name of the agency credited, or empty: read in the text's opening and end, source and author.

    ``text`` is clean; its opening counts before ``source``, which often names only the outlet.
    """
    for opening in (text, title):
        found = _DATELINE.match(opening) or _BARE_DATELINE.match(opening)
        if found:
            return _short(found["name"])
    for name in (source, author):
        if short := _short(name):
            return short
    if found := _BYLINE.match(author.strip()):
        return _short(found["name"])
    return _credit_at_end(text)


def _credit_at_end(text: str) -> str:
    tail = text[-400:]
    if tail.rstrip(" .").endswith((")", "]")) and (found := _AT_END.search(tail)):
        return _short(found["name"])
    lowered = tail.lower()
    if not any(map(lowered.__contains__, _CREDIT_SIGNS)) or not _CREDIT_SIGN.search(tail):
        return ""
    last = ""
    for credit in _CREDIT.finditer(tail):
        last = _short(credit[credit.lastgroup or 0])
    return last


def wire_flag(title: str, text: str = "") -> str:
    """``WITHDRAWN``, ``CORRECTED``, ``URGENT``, ``UPDATE`` or empty; the gravest that the title or opening says."""
    if any(map(title.lower().__contains__, _FLAG_SIGNS)):
        for flag, pattern in _FLAGS:
            if pattern.search(title):
                return flag
    opening = text[:300].lower()
    if any(map(opening.__contains__, _WITHDRAWN_SIGNS)) and _FLAGS[0][1].search(text[:300]):
        return "WITHDRAWN"
    return ""


def _short(name: str) -> str:
    return _BY_NAME.get(" ".join(name.lower().split()), "")
