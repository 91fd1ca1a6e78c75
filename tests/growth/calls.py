"""Calls every function of the rooms that is given a text.

A call is put together by the types of the parameters. A public function with a type that is not known here has to be
listed in `OTHERS` or `INTERNAL`, with the reason why no text of a source or a reader makes it work.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.articles.draft import draft_cleaned
from bot.articles.salience import bag
from bot.sources.addresses import Allow
from bot.sources.html.article import read_article
from bot.sources.kind import SourceContext
from bot.values.articles import Article, Entry
from bot.values.chats import Language, Term, TermKind
from bot.values.messages import Heading, Message, Paragraph, line
from bot.values.wording import Wording
from handlers.params import CountParam, TextParam
from handlers.platforms.console import render
from tests.growth.work import asked, functions

_LABEL = Wording("ক", "k")
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
Call = Callable[[str], Any]


def _words(text: str) -> list[str]:
    return text.split() or [text]


GIVEN: dict[str, Call] = {
    "str": lambda text: text,
    "str | None": lambda text: text,
    "Sequence[str]": _words,
    "Iterable[str]": _words,
    "list[str]": _words,
    "tuple[str, ...]": lambda text: tuple(_words(text)),
    "Collection[str]": lambda _: {"নদী", "নদীর খবর"},
    "set[str]": lambda _: set[str](),
    "bytes": lambda text: text.encode(),
    "Entry": lambda text: Entry(text, (text,), url="https://n.example/1", guid=text, tags=(text,), byline=text),
    "Article": lambda text: Article(1, 1, 1, text, (text,), (text,), NOW),
    "Message": lambda text: Message((Heading(text), Paragraph((line(text), line(text)))), brief=text),
    "Term": lambda text: Term(TermKind.TAG, text, text),
    "Bag": lambda text: bag(_words(text)),
    "Language": lambda _: Language.BANGLA,
    "datetime": lambda _: NOW,
    "ZoneInfo": lambda _: ZoneInfo("Asia/Dhaka"),
    "int": lambda _: 100,
    "bool": lambda _: True,
    "Allow": lambda _: Allow(),
    "WordCounts | None": lambda _: None,
    "SourceContext": lambda _: SourceContext("https://n.example/", None, None, NOW),
    "Known": lambda _: lambda _word: 1,
    "Params": lambda _: (
        CountParam(name="count", sign="n", label=_LABEL),
        TextParam(name="about", sign="", label=_LABEL),
    ),
    "Press": lambda _: lambda _choice: "x",
    "Callable[[Choice], str]": lambda _: lambda _choice: "x",
}
TEXTS = {"str", "str | None", "Sequence[str]", "Iterable[str]", "list[str]", "tuple[str, ...]", "Entry", "Message"}
OTHERS = {
    "bot.articles.card.card_choices.turned": "labels of buttons, out of an article's own fields",
    "bot.articles.card.card_choices.under": "the same",
    "bot.articles.card.listing.listing": "a page of ten headlines, each bounded",
    "bot.articles.card.withdrawn.withdrawn": "a headline and a reason, in a card",
    "bot.articles.identity.distinct": "names, compared as wholes",
    "bot.articles.selection.choose": "sentences that `extract` has chosen from",
    "bot.articles.summary.extract": "what `summarise` calls",
    "bot.articles.telling.read": "what `summarise` reads",
    "bot.articles.reference.tells": "asked of words, for what a sentence takes for known",
    "bot.articles.worth.features": "the same",
    "bot.articles.worth.worth": "the same",
    "bot.sources.addresses.check_redirect": "what `check_url` is called with",
    "bot.sources.failure.failure": "a status and headers",
    "bot.sources.html.body.read_body": "what `read_article` calls",
    "bot.sources.html.layout.find_heading": "the same",
    "bot.sources.html.layout.is_in_imprint": "the same",
    "bot.sources.html.layout.read_layout": "the same",
    "bot.sources.html.metadata.read_metadata": "the same",
    "bot.sources.html.references.read_references": "the same",
    "bot.sources.html.tree.found_by": "a selector of ours",
    "bot.sources.page_rules.page_rules": "the catalogue's own table",
    "bot.subscriptions.zones.by_hour": "names of zones",
}
"""Functions that no text is given to by itself, and why."""
INTERNAL = {
    "bot.search.grammar.day_stretches.find": "words of a question, that `days` calls with at most sixty",
    "bot.search.lexicon.tables._lines": "the name of a file of ours",
    "bot.sources.discover.feeds": "the standard library asks for ranges, which are counted as wholes here",
    "bot.articles.draft.make_draft": "what `draft_cleaned` is, behind `clean`",
    "bot.sources.worker.draft_here": "what `draft_cleaned` is",
    "handlers.platforms.telegram.channels.addressed": "a message of Telegram's library",
    "handlers.platforms.telegram.incoming.words": "the same",
    "handlers.choosing_params.change": "a value that a list of ours holds, compared as a whole",
    "handlers.labels.find": "labels that were shown, compared as wholes",
    "handlers.platforms.discord.incoming.interaction": "an interaction, whose texts Discord bounds to 6,000 characters",
    "handlers.platforms.discord.incoming.role": "numbers of people",
    "handlers.platforms.discord.incoming.target_of": "numbers of channels",
    "handlers.platforms.discord.incoming.words": "a message, which Discord bounds to 4,000 characters",
    "handlers.platforms.discord.facts.forum_tags": "tags of a forum, of 20 characters",
    "handlers.platforms.discord.render.below": "pieces that `render` made",
    "handlers.platforms.discord.forms.modal": "a form of ours, with a text that Discord bounds to 4,000 characters",
    "handlers.platforms.discord.replies.custom_id_of": "a message that `render` draws",
    "handlers.platforms.discord.replies.drawn": "what `render` is called with",
    "handlers.platforms.discord.replies.of_channel": "an answer, and a channel's name of at most 100 characters",
    "handlers.platforms.discord.slash.suggest": "the name of a field of ours",
    "handlers.platforms.telegram.incoming.holds": "the data of a button of ours",
    "handlers.platforms.telegram.incoming.person": "a message of Telegram's library",
    "handlers.platforms.telegram.incoming.presser": "the same",
    "handlers.platforms.telegram.inline.chosen": "the same",
    "handlers.platforms.telegram.shapes.is_result": "the name of a method of Telegram's",
    "handlers.platforms.telegram.piece.below": "pieces that `render` made",
    "handlers.filling.form": "the name of a parameter of ours",
    "handlers.setting_forms.own": "the same",
    "handlers.setting_forms.several": "the name of a form of ours",
    "handlers.serving.opened": "a setting of ours",
    "handlers.redrawn.drawn_by": "a message that a command made",
    "handlers.documentation.main": "a command line of ours",
    "handlers.documentation.readme": "a document of ours",
}
"""Functions that are not asked, and why."""
PRIVATE = {
    "bot.search.named._halves",
    "handlers.platforms.console.render._wrapped",
    "handlers.platforms.telegram.splitting._first",
}
"""Functions that were slow once, and are reached by texts through others alone."""
OTHERWISE: dict[str, Call] = {
    "handlers.platforms.console.render._wrapped": lambda text: list(render._wrapped(text, 80, "  ")),
    "bot.articles.draft.draft_cleaned": lambda text: draft_cleaned(GIVEN["Entry"](text), "1"),
    "bot.sources.html.article.read_article": lambda text: read_article(
        f"<html><body><article><h1>নদী</h1><p>{text}</p></article></body></html>", GIVEN["SourceContext"]("")
    ),
}
"""Functions that are called in another way than by their types."""


def calls() -> tuple[dict[str, Call], list[str]]:
    """Return each function as a call with one text.

    Beside it stand the public ones that are not known.
    """
    found: dict[str, Call] = {}
    unknown: list[str] = []
    for name, function in functions().items():
        types = asked(function).values()
        is_private = name.rpartition(".")[2].startswith("_") and name not in PRIVATE
        if TEXTS.isdisjoint(types) or name in OTHERS or name in INTERNAL or is_private:
            continue
        if name in OTHERWISE:
            found[name] = OTHERWISE[name]
        elif all(one in GIVEN for one in types):
            found[name] = _call(function)
        else:
            unknown.append(name)
    return found, unknown


def _call(function: Callable[..., Any]) -> Call:
    given = inspect.signature(inspect.unwrap(function)).parameters
    types = asked(function)
    named = {name for name in types if given[name].kind is inspect.Parameter.KEYWORD_ONLY}
    by_place = [one for name, one in types.items() if name not in named]

    def call(text: str) -> object:
        return function(*(GIVEN[one](text) for one in by_place), **{name: GIVEN[types[name]](text) for name in named})

    return call
