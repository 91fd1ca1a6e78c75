"""Cuts text to a limit without breaking a letter.

A cut comes at the end of a sentence, else at a space, else between letters.
A limit counts what `length` counts: code points unless told otherwise. Another measure must not shrink as text grows,
such as UTF-16 units or bytes.
"""

from collections.abc import Callable, Iterator
from typing import Final
from unicodedata import category

from bot.bangla.graphemes import boundaries, extends
from bot.bangla.sentences import ends

Length = Callable[[str], int]

SENTENCE_SHARE: Final = 0.4
"""A sentence's end is taken if it leaves no more than this share of the limit unused."""

_AHEAD = 400  # code points read beyond the limit, so that a quotation across it is seen whole
_DANGLING = " \t\r\n,;:–—-(“‘"


def cut(text: str, limit: int, ellipsis: str = "…", *, length: Length = len) -> str:
    """Return the text, or as much of its beginning as fits.

    A text cut at a sentence's end gets no ellipsis; one cut elsewhere does, within the limit. If not even the ellipsis
    fits, the result is empty.
    """
    if length(text) <= limit:
        return text
    if end := _sentence_end(text, _fitting(text, limit, length)):
        return text[:end].rstrip()
    room = limit - length(ellipsis)
    if room < 0:
        return ""
    fitting = _fitting(text, room, length)
    return text[: _space(text, fitting) or _cluster_end(text, fitting)].rstrip(_DANGLING) + ellipsis


def split_text(text: str, limit: int, *, length: Length = len) -> list[str]:
    """Return the text in pieces that are no longer than `limit`.

    Pieces end where `cut` would cut; only white space at the seams is lost.
    A single cluster longer than the limit is broken between code points, for nothing may be lost; a code point longer
    than the limit (four bytes in a limit of three) stands alone. ValueError if the limit is not positive.
    """
    if limit <= 0:
        raise ValueError(f"no text fits a limit of {limit}")
    return [piece for piece in _pieces(text, limit, length) if piece]


def _pieces(text: str, limit: int, length: Length) -> Iterator[str]:
    text = text.rstrip()
    start = _skip_space(text, 0)
    while start < len(text):
        rest = text[start:]
        fitting = max(1, _fitting(rest, limit, length))
        if fitting == len(rest):
            yield rest
            return
        end = _sentence_end(rest, fitting) or _space(rest, fitting) or _cluster_end(rest, fitting) or fitting
        yield rest[:end].rstrip()
        start = _skip_space(text, start + end)


def _fitting(text: str, limit: int, length: Length) -> int:
    """Return how many code points fit the limit."""
    fits, beyond = 0, max(1, limit) + 1
    while beyond <= len(text) and length(text[:beyond]) <= limit:
        fits, beyond = beyond, beyond * 2
    beyond = min(beyond, len(text) + 1)
    while beyond - fits > 1:
        middle = (fits + beyond) // 2
        if length(text[:middle]) <= limit:
            fits = middle
        else:
            beyond = middle
    return fits


def _sentence_end(text: str, fitting: int) -> int:
    """Return where the last sentence near enough to `fitting` ends, else 0."""
    last = 0
    for end in ends(text[: fitting + _AHEAD]):
        stripped = end
        while stripped and text[stripped - 1].isspace():
            stripped -= 1
        if stripped > fitting:
            break
        if not (stripped < len(text) and extends(text[stripped])):
            last = stripped
    return last if last >= fitting * (1 - SENTENCE_SHARE) else 0


def _space(text: str, fitting: int) -> int:
    """Return the last space up to `fitting` that follows text, else 0."""
    for index in range(min(fitting, len(text) - 1), 0, -1):
        if text[index].isspace() and not text[index - 1].isspace() and not extends(text[index + 1 : index + 2] or " "):
            return index
    return 0


def _cluster_end(text: str, fitting: int) -> int:
    """Return where the last cluster that fits `fitting` ends, else 0."""
    last = 0
    # Whether a cluster ends at ``fitting`` the next letter says; one of any length is looked at no further.
    for end in boundaries(text[: fitting + 2]):
        if end > fitting:
            break
        last = end
    return last


def _skip_space(text: str, start: int) -> int:
    """Return the offset of the first letter from `start`.

    A space that carries a mark counts as a letter.
    """
    index = start
    while index < len(text) and text[index].isspace():
        index += 1
    # A mark after a line's end or a tab hangs on nothing (UAX 29, GB4): no space has to go with it.
    held = start < index < len(text) and extends(text[index]) and category(text[index - 1]) != "Cc"
    return index - held
