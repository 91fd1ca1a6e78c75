"""Gives all addresses of one page one form.

Variants are those with www, AMP, print pages, tracking parameters and percent-encoding.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from bot.articles.text.sizes import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOST_PREFIXES = ("www.", "m.", "amp.", "mobile.")
_PORTS = {80, 443}
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)

# Decoded, these would mean something else in an address.
_MEANING = re.compile(r"[\s\x00-\x20?#&%\x7f-\x9f\ud800-\udfff]")
_MEANING_IN_QUERY = re.compile(_MEANING.pattern.replace("?#", "?#+="))
# Says who clicked where, not what the page is. Google's, Facebook's, newsletters' and share buttons' own names.
_TRACKING = frozenset(
    (
        "fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "twclid", "ttclid", "igshid",
        "igsh", "li_fat_id", "mc_cid", "mc_eid", "_ga", "_gl", "ga_source", "ref_src", "ref_url",
        "referrer", "referer", "shared", "sharetype", "share_source", "cmpid", "ncid", "ocid", "smid", "sref", "spm",
        "mkt_tok", "vero_id", "oly_enc_id", "oly_anon_id", "partner", "platform", "device", "fb_action_ids",
        "fb_action_types", "fb_source", "fb_ref", "action_object_map", "xtor", "at_medium", "at_campaign",
        "wt_mc", "icid", "ito", "guccounter", "nocache", "cb", "replytocom", "preview", "comment_id", "utm",
    )
)  # fmt: skip
# Tracking too, as a rule; but where the path names no article, an id in one of these may be all that does.
_PERHAPS = frozenset(
    (
        "source", "src", "from", "ref", "via", "share", "feature", "cmp", "cid", "rss", "feed", "cache", "_", "t", "ts",
        "timestamp",
    )
)  # fmt: skip
_ID = re.compile(r"(?=[^&]*\d)[\w-]{1,40}")
_CLOCK = re.compile(r"1\d{9}(?:\d{3})?")  # seconds or milliseconds since 1970: against a cache
# A path that names an article: a number of four digits, or a last part of several words or letters of its language.
_NAMES = re.compile(r"\d{3,}|(?<![^/])[^/][^/-]*+-[^/][^/-]*+-[^/]+$|[^\x00-\x7f]{6,}|/[^/]{24,}$")
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "at_", "piwik_", "__")
# Another look of the same page; for «view» and «output» only with these values.
_LOOKS = frozenset(("amp", "print", "printable", "mobile", "m", "noamp", "amp_markup"))
_LOOKS_IF = {
    "outputtype": ("amp",),
    "output": ("amp", "print"),
    "view": ("print", "amp", "mobile"),
    "layout": ("amp", "print"),
    "mode": ("print", "amp"),
    "action": ("print",),
    "format": ("amp", "print"),
    "tmpl": ("component",),
    "type": ("amp", "print"),
}
_AMP_SUFFIX = re.compile(r"(?:\.amp)+(?=\.html?$|$)", re.IGNORECASE)
_LOOK_SEGMENTS = frozenset(("amp", "print", "printversion", "print-version"))
# Which article it is; kept even where the path says nothing.
_TELLING = frozenset(
    (
        "p", "page_id", "story", "story_id", "id", "news", "news_id", "newsid", "nid", "article", "article_id",
        "aid", "post", "post_id", "postid", "item",
    )
)  # fmt: skip


def canonical_address(url: str) -> str | None:
    """Return the address's normal form, or None for no article's.

    The form is ``host/path?query`` without scheme. It drops the scheme, user, www./m./amp., default port, fragment,
    trailing slash, index.php, AMP and print (first or last segment, suffix or parameter), and tracking parameters.
    Percent-encoding is decoded to NFC text, and the rest of the query is sorted. A home page («/» without a telling
    parameter such as ?p=1234) is no article; nor is another scheme than http.
    """
    try:
        parts = urlsplit(url.strip())
        host = _host(parts)
        path = _path(parts.path)
        query = _query(parts.query, path)
    except ValueError:
        return None
    if host is None or len(url) > ADDRESS:
        return None
    if not path and not any(name.casefold() in (_TELLING | _PERHAPS) for name, _ in query):
        return None
    tail = "&".join(f"{name}={value}" if value else name for name, value in query)
    return f"{host}{path or '/'}" + (f"?{tail}" if tail else "")


def is_home(url: str) -> bool:
    """Return whether an address is a site's home page.

    A home page names no article.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and canonical_address(url) is None


def canonical_addresses(urls: Iterable[str | None]) -> tuple[str, ...]:
    """Return the normal forms of articles' addresses, each once.

    They keep their order; other addresses are left out.
    """
    return tuple(dict.fromkeys(form for url in urls if url and (form := canonical_address(url)) is not None))


def canonical_host(url: str) -> str | None:
    """Return an address's host without www. and m., or None."""
    try:
        return _host(urlsplit(url.strip()))
    except ValueError:
        return None


def _host(parts: SplitResult) -> str | None:
    if parts.scheme.casefold() not in ("http", "https") or not parts.hostname:
        return None
    host = normalize("NFKC", unquote(parts.hostname)).casefold().rstrip(".")
    for prefix in _HOST_PREFIXES:
        if host.startswith(prefix) and "." in host[len(prefix) :]:
            host = host[len(prefix) :]
            break
    if not host or re.search(r"[\s/\\?#@<>\x00-\x1f]", host):
        return None
    try:
        host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return None
    return host if parts.port is None or parts.port in _PORTS else f"{host}:{parts.port}"


def _path(path: str) -> str:
    text = _text(_INDEX.sub("", path))
    segments = [segment for segment in text.split("/") if segment]
    segments = [segment for segment in posixpath.normpath("/" + "/".join(segments)).split("/") if segment]
    while segments and segments[-1].casefold() in _LOOK_SEGMENTS:
        segments.pop()
    # A newspaper's printed edition is another section (…/print-edition/…), and /print alone names no article.
    while len(segments) > 1 and segments[0].casefold() in _LOOK_SEGMENTS:
        segments.pop(0)
    if segments:
        segments[-1] = _AMP_SUFFIX.sub("", segments[-1]) or segments[-1]
    return "".join("/" + segment for segment in segments)


def _query(query: str, path: str) -> list[tuple[str, str]]:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    kept = [(name, value) for name, value in pairs if name and not _is_idle(name.casefold(), value.casefold())]
    told = _NAMES.search(path) or any(name.casefold() in _TELLING for name, _ in kept)
    kept = [(name, value) for name, value in kept if name.casefold() not in _PERHAPS or (not told and _is_id(value))]
    return sorted((_encoded(name), _encoded(value)) for name, value in kept)


def _is_id(value: str) -> bool:
    return bool(_ID.fullmatch(value)) and not _CLOCK.fullmatch(value)


def _is_idle(name: str, value: str) -> bool:
    if name in _TRACKING or name in _LOOKS or name.startswith(_TRACKING_PREFIXES):
        return True
    return value in _LOOKS_IF.get(name, ())


def _text(part: str) -> str:
    """Decode to NFC what can safely be decoded.

    Bytes that cannot be decoded, or that would then mean something else in an address, stay encoded.
    """
    try:
        text = unquote(part, errors="strict")
    except UnicodeDecodeError:
        return part
    return _MEANING.sub(_percent, normalize("NFC", text))


def _encoded(text: str) -> str:
    return _MEANING_IN_QUERY.sub(_percent, normalize("NFC", text))


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
