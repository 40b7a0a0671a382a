"""One address for one article, whichever way a link to it was dressed."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_TRACKING: Final = re.compile(
    r"^(?:utm_.*|at_.*|ns_.*|mc_.*|pk_.*|mtm_.*|wt_?mc.*|xtor|xtref|maca|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|ocid|smid|smtyp|cmp(?:id)?"
    r"|icid|ito|ncid|cid|sr_share|spm|sref|ref|ref_src|ref_url|referrer|refsrc|source|src|rss|from_rss|feed|feedtype|feedname|partner|emc|taid"
    r"|traffic_source|campaign|campaign_id|guccounter|guce_.*|_ga|_gl|amp|amp_.*|outputtype|output|print|share|shared|sh|soc_.*|s_cid|mod|ex_cid|tracking_.*"
    r"|cmpid|intcmp|leadsource|_hs.*|hsctatracking|ved|usg|sessionid|nocache|timestamp)$",
    re.IGNORECASE,
)
_MOBILE: Final = re.compile(r"^(?:www\d?|m|mobile|amp|touch|wap|edition|rss|feeds?)\.(?=.+\..+)")
_INNER_MOBILE: Final = re.compile(r"^([^.]+)\.m\.(?=.+\..+)")
_AMP_VIEWER: Final = re.compile(r"^/amp/(?:s/)?(.+)$")
_AMP_CACHE: Final = re.compile(r"^/[cvi]/(?:s/)?(.+)$")
_AMP_PATH: Final = re.compile(r"/amp(?=/|$)|[.-]amp(?=\.html?$|$)", re.IGNORECASE)
_PLAIN: Final = re.compile(
    r"https?://(?!(?:m|mobile|amp|touch|wap|edition|rss|feeds?|www\d)\.)(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[a-z0-9_-]+)+)/?"
)
"""An address with nothing to take off; most are of this kind."""
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """The address that stands for all links to one article; empty when the link names no article.

    Scheme, ``www``, mobile and AMP hosts, tracking parameters, the order of parameters and plain fragments do not count;
    a fragment with a figure in it does, for live blogs name their entries so.
    """
    plain = _PLAIN.fullmatch(url)
    if plain and "amp" not in plain[2] and ".m." not in plain[1]:
        return plain[1] + plain[2]
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    path = parts.path
    wrapped = _wrapped(host, path)
    if wrapped:
        return canonical_url("https://" + wrapped + (f"?{parts.query}" if parts.query else ""))
    host = _INNER_MOBILE.sub(r"\1.", _MOBILE.sub("", host))
    path = _INDEX.sub("/", _AMP_PATH.sub("", unquote(path))).rstrip("/")
    kept = sorted(
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=False) if not _TRACKING.match(k)
    )
    fragment = (
        parts.fragment if any(c.isdigit() for c in parts.fragment) and "=" not in parts.fragment else ""
    )
    if not path and not kept:
        return ""
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    return where + path + (f"?{urlencode(kept)}" if kept else "") + (f"#{fragment}" if fragment else "")


def _wrapped(host: str, path: str) -> str:
    """The address inside an AMP viewer's or an AMP cache's, without scheme; empty when there is none."""
    if host.endswith(".ampproject.org") and (cached := _AMP_CACHE.match(path)):
        return cached.group(1)
    if host.startswith("www.google.") and (viewed := _AMP_VIEWER.match(path)):
        return viewed.group(1)
    return ""
