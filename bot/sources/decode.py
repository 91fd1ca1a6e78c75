"""Turns bytes as they were sent into text.

It undoes first the compression, then the character encoding. It does no I/O.
"""

from __future__ import annotations

import codecs
import re
import zlib

from bot.sources.mojibake import mended

# --- compression ---

ACCEPTED = "gzip, deflate"
"""What a request may announce. No brotli: 3.2 kB of it made httpx hold 4.1 GB, streamed and with a size check."""

# A gzip file may be several (RFC 1952, 2.2); honest servers send one, and 400,000 empty ones are a way to burn time.
_MAX_MEMBERS = 64
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's window bits for the three wrappings
_CODINGS = {"": None, "identity": None, "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}


class BadEncodingError(ValueError):
    """A Content-Encoding that cannot be undone.

    It was not asked for, or the bytes are not what it says: corrupt or cut short.
    """


class TooLargeError(ValueError):
    """A body longer than its cap, as sent or once unpacked."""


class Unpacker:
    """Undoes a Content-Encoding piece by piece.

    It never holds more than the cap and a byte, however much was packed.
    """

    def __init__(self, encoding: str | None, cap: int) -> None:
        """Begin a body.

        Args:
            encoding: the Content-Encoding header: none, identity, gzip or deflate, in any case (RFC 9110, 8.4.1).
            cap: most bytes, both as sent and as unpacked.

        Raises:
            BadEncodingError: another encoding, or several.
        """
        name = (encoding or "").strip().lower()
        if name not in _CODINGS:
            raise BadEncodingError("packed in a way that was not asked for (only gzip and deflate are)")
        self._coding = _CODINGS[name]
        self._cap = cap
        self._received = 0
        self._size = 0
        self._pieces: list[bytes] = []
        self._head = b""
        self._stream: zlib._Decompress | None = None
        self._members = 0
        self._ended = False

    @property
    def size(self) -> int:
        """Bytes that were unpacked so far."""
        return self._size

    def feed(self, piece: bytes) -> None:
        """Take the next bytes off the wire.

        Raises:
            TooLargeError: the cap is passed; what was unpacked so far stays available from ``taken``.
            BadEncodingError: the bytes are corrupt.
        """
        self._received += len(piece)
        if self._received > self._cap:
            raise TooLargeError
        if self._coding is None:
            self._keep(piece)
            return
        try:
            self._inflate(piece)
        except zlib.error:
            raise BadEncodingError(f"not the {self._coding} it is said to be, or corrupt") from None

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            BadEncodingError: the packed bytes end before their end.
        """
        if self._coding and self._received and not (self._members and self._stream is None):
            raise BadEncodingError(f"{self._coding} that ends too early")
        return self.taken()

    def taken(self) -> bytes:
        """Return what has been unpacked so far.

        It is at most one byte longer than the cap.
        """
        return b"".join(self._pieces)

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        self._pieces.append(piece)
        if self._size > self._cap:
            raise TooLargeError

    def _inflate(self, data: bytes) -> None:
        while data and not self._ended:
            if self._stream is None:
                data = self._head + data
                self._head = b""
                if len(data) < len(_GZIP_MAGIC):
                    self._head = data
                    return
                if self._members and not (self._coding == "gzip" and data.startswith(_GZIP_MAGIC)):
                    self._ended = True  # bytes behind the last member, which everyone ignores
                    return
                self._stream = self._begin(data[:2])
            # One byte above the room left tells "full" from "too much"; never 0, which zlib takes for "no limit".
            self._keep(self._stream.decompress(data, self._cap - self._size + 1))
            if not self._stream.eof:
                return
            data = self._stream.unused_data
            self._stream = None
            self._members += 1

    def _begin(self, head: bytes) -> zlib._Decompress:
        if self._members >= _MAX_MEMBERS:
            raise BadEncodingError("gzip of too many parts")
        if self._coding == "gzip":
            return zlib.decompressobj(_GZIP)
        return zlib.decompressobj(_ZLIB if _has_zlib_header(head) else _RAW)


def _has_zlib_header(head: bytes) -> bool:
    # "deflate" means zlib (RFC 9110, 8.4.1.2), but some servers leave its two bytes away. RFC 1950, 2.2: method 8, and
    # a check by 31.
    return head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0  # noqa: PLR2004 - the RFC's own numbers


# --- character encoding ---

MOSTLY = 0.75
"""Share of well-formed sequences, of all beyond ASCII, from which bytes count as UTF-8 with faults.

Measured: of news text in ten other encodings at most .23 looks well-formed (EUC-JP), .22 Shift_JIS, .18 GBK, 0 in the
one-byte ones; a Bengali page with one bad byte has over .999.
"""

SNIFFED = 2048
"""Bytes at the start in which an encoding declaration is looked for (HTML asks for 1,024, XML for the first line)."""

# UTF-32 stands first: its mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    # No mark, but markup: XML 1.0, appendix F.1. As UTF-8 these are valid, which is why they are tried before it.
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = (
    re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'>]{1,40})"""),
    re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([^\s"'/>;]{1,40})""", re.IGNORECASE),
)
# Labels that name text. Python also has codecs called idna, punycode, utf-7 and unicode_escape: no server picks them.
_LABEL = re.compile(
    r"(?:x-)?(?:utf-?(?:8|16|32)(?:-?[lb]e)?|us-ascii|ascii|latin-?\d|(?:windows|cp)-?(?:125\d|874|866|932|936|949|950)"
    r"|iso-?8859-?\d{1,2}(?:-[ei])?|koi8-[rut]|gb2312|gbk|gb18030|big5(?:-?hkscs)?|euc-(?:jp|kr)|shift[_-]jis|sjis"
    r"|ks_c_5601-1987|iso-2022-jp|tis-620|macintosh|mac-?(?:roman|cyrillic))"
)
_HIGH = bytes(range(0x80, 0x100))
_FALLBACK = "cp1252"


def decode(body: bytes, declared: str | None) -> str:
    """Return the text of a feed or page.

    Its mojibake is mended; `_decoded` says how its encoding is found.
    """
    return mended(_decoded(body, declared))


def declares_utf7(body: bytes, declared: str | None) -> bool:
    """Return whether anything declares the bytes as UTF-7.

    No server picks it, and scripts hide in it.
    """
    head = body[:SNIFFED]
    found = [match[1].decode("ascii", "replace") for pattern in _DECLARED if (match := pattern.search(head))]
    return any(
        label.strip(" \"';").lower().replace("_", "-") in ("utf-7", "utf7") for label in (declared or "", *found)
    )


def _decoded(body: bytes, declared: str | None) -> str:
    """Return the text; never fail.

    It never holds a lone surrogate; at worst it holds U+FFFD. These are tried in order: a byte order mark (or UTF-16
    and UTF-32 markup without one); valid UTF-8, whatever any label says; bytes that are mostly UTF-8 (see ``MOSTLY``),
    where a bad byte becomes U+FFFD and the rest stays readable; the declared encoding; cp1252. Measured on 253 real
    files: feedparser alone turns a whole feed to mojibake for one bad byte.

    Args:
        body: unpacked bytes.
        declared: the charset of the Content-Type header; the XML declaration or ``<meta>`` is used where it names none.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    header = _known(declared)
    # UTF-8 text has no NUL; UTF-16 and UTF-32 are full of them. So only there does such a label outweigh valid UTF-8.
    if header and header.startswith(("utf-16", "utf-32")) and b"\0" in body[:SNIFFED]:
        return body.decode(header, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    return text if _is_mostly_utf8(body, text) else body.decode(header or _sniffed(body) or _FALLBACK, "replace")


def _is_mostly_utf8(body: bytes, text: str) -> bool:
    ascii_only = len(body.translate(None, _HIGH))
    sent_as_such = body.count("\ufffd".encode())
    bad = text.count("\ufffd") - sent_as_such
    beyond_ascii = len(text) - ascii_only
    return beyond_ascii - bad >= MOSTLY * beyond_ascii


def _sniffed(body: bytes) -> str | None:
    head = body[:SNIFFED]
    for pattern in _DECLARED:
        found = pattern.search(head)
        name = _known(found[1].decode("ascii", "replace")) if found else None
        # A declaration that can be read as ASCII is not UTF-16, whatever it says (WHATWG HTML, 13.2.3.2).
        if name and not name.startswith(("utf-16", "utf-32")):
            return name
    return None


def _known(label: str | None) -> str | None:
    """Return the codec for a label, or None.

    None means that there is no label, or that it is unknown or not for text.
    """
    name = (label or "").strip(" \t\r\n\"';,").lower()
    if not _LABEL.fullmatch(name):
        return None
    name = name.removeprefix("x-")
    try:
        codec = codecs.lookup(name.replace("windows-", "cp")).name
    except LookupError:
        return None
    # WHATWG Encoding, 4.2: who says Latin-1 or ASCII means windows-1252, whose quotes and dashes those do not have.
    if codec in {"iso8859-1", "ascii"}:
        return _FALLBACK
    # Without a mark little-endian is meant (WHATWG), not what this machine happens to be.
    return {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "gb2312": "gb18030", "gbk": "gb18030"}.get(codec, codec)
