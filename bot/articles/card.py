"""The card: one article as a reader sees it. Headline, text, who said it, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles.attribution import is_role
from bot.messages import (
    Attribution,
    Body,
    Choice,
    Choices,
    Heading,
    Message,
    Part,
    Photo,
    Span,
    Summary,
    line,
    paragraph,
)
from bot.model import Article, CardStyle, FullText, Language
from bot.subscriptions import naming
from bot.wording import Wording, number, say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.articles.view import View

UNKNOWN = Wording("সংবাদমাধ্যমের নাম জানা নেই", "Publisher unknown")
WIRE = Wording("সূত্র: {names}", "Source: {names}")
TAGS = Wording("বিষয়: ", "Topics: ")
SAMPLE = Wording("এটি নমুনা; আসল খবর এলেই সরে যাবে।", "A sample; it goes when real news comes.")
WHOLE = Wording("পুরো খবর", "Full story")
ORIGINAL = Wording("মূল খবর", "Original")


def plain_card(article: Article, view: View) -> Message:
    """Draw an article without links or styles, for a platform that refused it with them."""
    lines = (article.headline, *article.summary, publisher(article, view.language), article.url or "")
    return Message((paragraph(*lines),), brief=article.headline)


def card(
    article: Article,
    style: CardStyle,
    view: View,
    *,
    place: int | None = None,
    breaking: bool = False,
    revised_at: datetime | None = None,
) -> Message:
    """Draw an article.

    A whole one is shown only where the source allows it; else its summary stands, with the link as the way to the rest.
    """
    del breaking, revised_at
    if style is CardStyle.FULL and (article.full_text is FullText.LINK or not article.body):
        style = CardStyle.SUMMARY
        whole = False
    else:
        whole = style is CardStyle.FULL
    parts: list[Part] = [Heading(article.headline, link=article.url, place=place)]
    if whole:
        parts.append(Body(article.body))
    elif style is CardStyle.SUMMARY and article.summary:
        parts.append(Summary(article.summary))
    if article.image:
        parts.append(Photo(article.image, article.headline))
    parts.append(Attribution(_attribution(article, view, whole=whole)))
    rows = tuple(row for row in _choices(article, view, place=place, whole=whole) if row)
    if rows:
        parts.append(Choices(rows))
    return Message(tuple(parts), brief=f"{article.headline} ({publisher(article, view.language)})")


def publisher(article: Article, language: Language) -> str:
    """Name the outlet in the reader's language, or say that the page names none."""
    if article.outlet is None:
        return say(UNKNOWN, language)
    if language is Language.ENGLISH and article.outlet.name_en:
        return article.outlet.name_en
    return article.outlet.name


def _attribution(article: Article, view: View, *, whole: bool) -> tuple[tuple[Span, ...], ...]:
    names = Span(publisher(article, view.language), link=article.url)
    person = article.byline if article.byline and not is_role(article.byline) else None
    first = [Span(f"{person}, "), names] if person else [names]
    if article.wire_sources:
        first.append(Span(" · " + say(WIRE, view.language, names=", ".join(article.wire_sources))))
    lines = [tuple(first), line(_moment(article, view, whole=whole))]
    if article.tags and (whole or view.traits.tags_on_cards):
        lines.append(line(say(TAGS, view.language) + " · ".join(article.tags)))
    if article.sample:
        lines.append(line(say(SAMPLE, view.language)))
    return tuple(lines)


def _moment(article: Article, view: View, *, whole: bool) -> str:
    moment = article.published or article.updated or article.first_seen
    return view.moment(moment, bangla=whole or view.traits.bangla_dates)


def _choices(article: Article, view: View, *, place: int | None, whole: bool) -> list[tuple[Choice, ...]]:
    open_ones: list[Choice] = []
    if not whole:
        typed = number(place, view.language) if place is not None else f"read #{article.id}"
        open_ones.append(Choice(say(WHOLE, view.language), "read", f"#{article.id}", typed))
    if article.url:
        open_ones.append(Choice(say(ORIGINAL, view.language), link=article.url))
    names = article.tags[:1] or ((article.outlet.name,) if article.outlet and not article.sample else ())
    follows = tuple(naming.follow(name, view.language) for name in names)
    return [tuple(open_ones), follows]
