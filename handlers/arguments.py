"""From the text behind a command to the values of its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.calls import Call, Unread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.calls import Value
    from handlers.context import Context
    from handlers.params import Param

    Params = Sequence[Param[Value]]

REST = ""
"""The name under which words stand that no parameter takes."""


def parted(params: Params, text: str) -> dict[str, str]:
    """Part a text among parameters.

    Those declared before the wide one take words from the front, those behind it from the end, each as many words as
    fit; they leave the wide one at least a word. What is left is the wide one's, or REST where there is none.
    """
    words = text.split()
    wide = next((at for at, param in enumerate(params) if param.many), None)
    taken: dict[str, str] = {}
    for param in params if wide is None else params[:wide]:
        words = _from_front(param, words, taken, keep=0)
    if wide is not None:
        for param in reversed(params[wide + 1 :]):
            keep = 0 if param.anywhere and len(words) == 1 else 1
            left = _from_end(param, words, taken, keep=keep)
            words = left if left != words or not param.anywhere else _from_front(param, words, taken, keep=keep)
    if words:
        taken[params[wide].name if wide is not None else REST] = " ".join(words)
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
    """Tell from a text alone whether it can be these parameters' and nothing else."""
    pieces = parted(params, text)
    by_name = {param.name: param for param in params}
    return REST not in pieces and all(by_name[name].fits(piece) for name, piece in pieces.items())


async def read(command: str, params: Params, text: str, at: Context) -> Call:
    """Read the text behind a command.

    A name that the archive knows as a whole is one, whatever else its last word could be: «চ্যানেল ২৪» is no count.
    """
    pieces = parted(params, text)
    wide = next((param for param in params if param.many), None)
    if wide is not None and len(pieces) > 1 and wide.name in pieces and await wide.knows(text, at):
        pieces = {wide.name: text}
    call = Call(command)
    for param in params:
        if param.name in pieces:
            call = call.filled(param.name, await param.read(pieces[param.name], at))
    return call.filled(REST, Unread(pieces[REST])) if REST in pieces else call
