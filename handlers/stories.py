"""The story that an editor's number means.

A bare number is a place of a list, #12 a story by its own, for editors too.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.editing import stories
from bot.search import pages
from bot.values.calls import Numbered, Once
from bot.values.wording import Wording
from handlers import shown
from handlers.params import OnceParam, PositionParam

if TYPE_CHECKING:
    from bot.editing.stories import EditedStory
    from bot.values.messages import Reply
    from handlers.command import Request

NO_LIST = Wording(
    "কোন তালিকা থেকে? আগে /latest দেখুন, তারপর নম্বর লিখুন; অথবা #{id} দিন।",
    "From which list? See /latest first, then send a number; or send #{id}.",
)
EXAMPLE = "123"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedParam(PositionParam):
    """A story that is edited."""

    def fits_bare(self, text: str) -> bool:
        """Take # and digits: “breaking 7” asks for news."""
        return text.lstrip().startswith("#") and self.fits(text)


STORY = EditedParam(name="story", sign="N|#ID", label=Wording("খবরের নম্বর", "The story's number"), required=True)


ONCE = OnceParam()
SURE = ("হ্যাঁ", "yes")
"""What confirms what cannot be undone, beside the button's own words."""


def drawn() -> Once:
    """Draw the idempotency key of one confirmation."""
    return Once(secrets.token_urlsafe(9))


async def meant(request: Request, which: Wording) -> EditedStory | Reply:
    """Return the story that is meant.

    If there is none, return what is to be said, in the command's words if no number was given.
    """
    number = request.get(STORY)
    if number is None:
        return request.reply(which, id=EXAMPLE)
    if isinstance(number, Numbered):
        found = await stories.find(request.store, number.article_id)
        return found if found is not None else request.reply(which, id=EXAMPLE)
    listed = await shown.listed(request, number)
    if listed is None:
        return request.reply(NO_LIST, id=EXAMPLE)
    if not 1 <= number.position <= len(listed.ids):
        return request.reply(pages.not_in_list(len(listed.ids)), n=len(listed.ids))
    found = await stories.find(request.store, listed.ids[number.position - 1])
    return found if found is not None else request.reply(pages.FORGOTTEN)
