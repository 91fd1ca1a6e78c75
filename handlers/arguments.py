"""From the text behind a command to the values of its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.calls import Call, Text, Unread, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.calls import Value
    from handlers.context import Context
    from handlers.params import Param

    Params = Sequence[Param[Value]]

REST = ""
"""The name under which words stand that no parameter takes."""


def parted(params: Params, text: str, *, from_front: bool = False) -> dict[str, str]:
    """Part a text among parameters.

    Parameters declared before the wide one take words from the front, those behind it from the end, each as many words
    as fit; they leave the wide one at least a word. A parameter that may stand anywhere is looked for at the end first,
    unless ``from_front``. The rest is the wide one's, or REST if there is none.
    """
    params = [param for param in params if not param.asked_only]
    taken: dict[str, str] = {}
    for param in params:
        if param.until and param.until in text:
            before, _, text = text.partition(param.until)
            taken[param.name] = before.strip()
    words, rest = text.split(), [param for param in params if param.name not in taken]
    wide = next((at for at, param in enumerate(rest) if param.many), None)
    for param in rest if wide is None else rest[:wide]:
        words = _from_front(param, words, taken, keep=0)
    if wide is not None:
        for param in reversed(rest[wide + 1 :]):
            keep = 0 if param.anywhere and len(words) == 1 else 1
            ways = (_from_front, _from_end) if param.anywhere and from_front else (_from_end, _from_front)
            for way in ways if param.anywhere else (_from_end,):
                if param.name not in taken:
                    words = way(param, words, taken, keep=keep)
    if words:
        taken[rest[wide].name if wide is not None else REST] = " ".join(words)
    return taken


def _from_front(param: Param[Value], words: list[str], taken: dict[str, str], *, keep: int) -> list[str]:
    for size in range(min(param.most, len(words) - keep), 0, -1):
        if param.fits(" ".join(words[:size])):
            taken[param.name] = " ".join(words[:size])
            return words[size:]
    return words


def _from_end(param: Param[Value], words: list[str], taken: dict[str, str], *, keep: int) -> list[str]:
    for size in range(min(param.most, len(words) - keep), 0, -1):
        if param.fits(" ".join(words[-size:])):
            taken[param.name] = " ".join(words[-size:])
            return words[:-size]
    return words


def fits(params: Params, text: str) -> bool:
    """Return whether a text fits these parameters and nothing else.

    The text stands behind a bare name.
    """
    pieces = parted(params, text)
    by_name = {param.name: param for param in params}
    return REST not in pieces and all(by_name[name].fits_bare(piece) for name, piece in pieces.items())


async def _best(params: Params, text: str, at: Context) -> dict[str, str]:
    pieces = parted(params, text)
    wide = next((param for param in params if param.many and not param.asked_only), None)
    if wide is None or wide.name not in pieces or len(pieces) == 1:
        return pieces
    if await wide.knows(text, at):
        return {wide.name: text}
    other = parted(params, text, from_front=True)
    if other != pieces and wide.name in other and await wide.knows(other[wide.name], at):
        return other
    return pieces


async def read(command: str, params: Params, text: str, at: Context) -> Call:
    """Read the text behind a command.

    A name that the archive knows as a whole is one, whatever else its last word could be: «চ্যানেল ২৪» is no count.
    """
    pieces = await _best(params, text, at)
    call = Call(command)
    for param in params:
        if param.name in pieces:
            call = call.filled(param.name, await param.read(pieces[param.name], at))
    return call.filled(REST, Unread(pieces[REST])) if REST in pieces else call


def longest(call: Call) -> int:
    """Return the length of a call's longest word.

    An option's, a field's.
    """
    return max((len(value.words) for _, value in call.values if isinstance(value, Text | Unread)), default=0)


def is_elsewhere(call: Call) -> bool:
    """Tell whether what is pressed here concerns another chat."""
    return any(isinstance(value, Where) for _, value in call.values)
