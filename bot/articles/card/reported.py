"""Draws what readers report, for editors.

A reader's words stand on one line of a block that is set off: none of them can pass for ours, or for a command.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.articles.card.card import publisher
from bot.values.calls import Numbered, OneOf, call
from bot.values.messages import Choice, Choices, Message, Notice, Part, line, paragraph
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.articles import Article
    from bot.values.chats import Language
    from bot.values.reports import ReaderReport

HEAD = Wording("⚠️ পাঠক জানিয়েছেন:", "⚠️ A reader reports:")
QUOTED = Wording("‘{text}’", "‘{text}’")
ABOUT = Wording("{headline} ({outlet}) · #{id}", "{headline} ({outlet}) · #{id}")
NTH = Wording("{n}. {text}", "{n}. {text}")
"""Which of several stories something is about."""
CORRECT = Wording("✏️ সংশোধনী", "✏️ Correct")
WITHDRAW = Wording("🚫 প্রত্যাহার", "🚫 Withdraw")
ALL_RIGHT = Wording("ঠিক আছে", "All right")
CLOSE = "close"
"""The value of /report's ``how`` by which an editor lets a story stay as it is."""
_COMMAND = re.compile(r"(?<!\S)/(?=\w)")
_UNSEEN = ("Cc", "Cf", "Zl", "Zp")


def reported(reports: Sequence[tuple[ReaderReport, Article]], language: Language) -> Message:
    """Draw reports, oldest first, with what can be done."""
    parts: list[Part] = []
    stories = {article.id: article for _, article in reports}
    for n, article in enumerate(stories.values(), 1):
        quoted = tuple(
            line(say(QUOTED, language, text=one_line(report.text))) for report, told in reports if told.id == article.id
        )
        about = say(ABOUT, language, headline=article.headline, outlet=publisher(article, language), id=str(article.id))
        nth = n if len(stories) > 1 else 0
        parts += [
            Notice(say(HEAD, language), quoted),
            paragraph(_nth(about, nth, language)),
            Choices((_actions(article, nth, language),)),
        ]
    last, article = reports[-1]
    brief = f"{say(HEAD, language)} {say(QUOTED, language, text=one_line(last.text))} · {article.headline}"
    return Message(tuple(parts), brief, language)


def one_line(text: str) -> str:
    """Put somebody's words on one line.

    Invisible signs are removed, and commands are made harmless.
    """
    seen = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _shows(sign))
    return _COMMAND.sub("∕", " ".join(seen.split())).replace("‘", "'").replace("’", "'")


def _shows(sign: str) -> bool:
    # Joiners are letters of Bengali; all else that is not seen can turn what follows around.
    return sign in "\u200c\u200d" or unicodedata.category(sign) not in _UNSEEN


def _nth(text: str, nth: int, language: Language) -> str:
    return say(NTH, language, n=nth, text=text) if nth else text


def _actions(article: Article, nth: int, language: Language) -> tuple[Choice, ...]:
    """Offer what can be done.

    Each choice says which of several stories it is about.
    """
    story = Numbered(article.id)
    does = {
        CORRECT: call("correct", story=story),
        WITHDRAW: call("withdraw", story=story),
        ALL_RIGHT: call("report", how=OneOf(CLOSE), story=story),
    }
    return tuple(Choice(_nth(say(label, language), nth, language), done) for label, done in does.items())
