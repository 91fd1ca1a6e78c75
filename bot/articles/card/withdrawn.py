"""Draws an article that was withdrawn.

Its headline struck through, why, by whom and when; nothing else of it stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles.card.card import publisher
from bot.values.calls import Numbered, call
from bot.values.chats import Language
from bot.values.messages import Choice, Choices, Heading, Message, MessageSort, MessageState, Paragraph, Style, line
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.articles.card.view import View
    from bot.values.articles import Article

HEAD = Wording("খবরটি প্রত্যাহার করা হয়েছে", "This story has been withdrawn")
BRIEF = Wording("[প্রত্যাহার] {headline}", "[withdrawn] {headline}")
LINE = Wording("(প্রত্যাহার) {headline}", "(withdrawn) {headline}")
"""In a list."""
REASON = Wording("কারণ: {reason}", "Reason: {reason}")
BY = Wording("প্রত্যাহার করেছে: {name}", "Withdrawn by: {name}")
EDITORS = Wording("{bot} ডেস্ক", "the {bot} desk")
WHAT = Wording("❔ এর মানে কী", "❔ What does this mean")


def withdrawn(article: Article, reason: str, by: str, view: View, *, at: datetime, bot_name: str) -> Message:
    """Draw a withdrawal.

    ``by`` is the outlet that withdrew, or "" for the desk of ``bot_name``.
    """
    language = view.language
    name = by or say(EDITORS, language, bot=bot_name)
    lines = (
        line(say(REASON, language, reason=reason)),
        line(say(BY, language, name=name)),
        line(_moment(at, view)),
    )
    # The headline once, struck: a paragraph with a line through it cannot be read, and what was wrong need not be.
    parts = (Heading(say(HEAD, language)), Paragraph((line(article.headline, Style.STRUCK),)), Paragraph(lines))
    what = Choice(say(WHAT, language), call("why", number=Numbered(article.id)))
    below = () if view.public else (Choices(((what,),)),)
    return Message(
        (*parts, *below),
        say(BRIEF, language, headline=article.headline),
        language,
        sort=MessageSort.CARD,
        state=MessageState.WITHDRAWN,
        outlet=publisher(article, language),
        shows=(article.id,),
    )


def _moment(at: datetime, view: View) -> str:
    """Print the time first.

    A reader who saw the story in the morning looks for how late this came.
    """
    if view.language is Language.ENGLISH:
        return view.moment(at)
    return f"{view.clock(at)}, {view.date(at)}"
