"""Tells in which form a platform asks for what a call misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.forms import BlankForm, FormField
from bot.values.wording import Wording

if TYPE_CHECKING:
    from handlers.command import Request

WRITE = Wording("লিখুন", "Write")


def form(request: Request, missing: str) -> BlankForm:
    """Return the form for what ``request`` calls.

    ``missing`` is the value that is asked for; "" for a command's own form. A button of an older version gets one line.
    """
    command = request.commands.get(request.call.command)
    if command is not None and command.form is not None and (made := command.form(request, missing)) is not None:
        return made
    param = command.param(missing) if command is not None else None
    if command is None or param is None:
        name = request.services.bot_name
        return BlankForm(Wording(name, name), (FormField("text", WRITE),))
    return param.form or BlankForm(command.summary, (FormField(missing, param.label or WRITE),))
