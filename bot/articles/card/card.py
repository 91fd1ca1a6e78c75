"""Draws the card: one article as a reader sees it.

It has the headline, the text, who said it and when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles.card import card_choices, dating
from bot.articles.names import english
from bot.articles.text.attribution import is_role
from bot.values.articles import Article, FullText
from bot.values.chats import CardStyle, ChatKind, Language
from bot.values.messages import (
    Attribution,
    Body,
    Choices,
    Heading,
    Message,
    MessageSort,
    MessageState,
    Notice,
    Part,
    Photo,
    Span,
    Summary,
    line,
    paragraph,
)
from bot.values.topics import TOPICS
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.articles.card.view import View
    from bot.values.articles import Correction

UNKNOWN = Wording("সংবাদমাধ্যমের নাম জানা নেই", "Publisher unknown")
WIRE = Wording("সূত্র: {names}", "Source: {names}")
TAGS = Wording("বিষয়: ", "Topics: ")
SAMPLE = Wording("এটি নমুনা; আসল খবর এলেই সরে যাবে।", "A sample; it goes when real news comes.")
BREAKING = Wording("ব্রেকিং: {headline}", "Breaking: {headline}")
UPDATED = Wording("আপডেট: {time}", "Updated {time}")
CORRECTED = Wording("সংশোধনী, {time}", "Correction, {time}")
BEFORE = Wording("আগে শিরোনামে ছিল: ‘{headline}’", "The headline was: ‘{headline}’")
REASON = Wording("কারণ: {reason}", "Reason: {reason}")
TAKEN_BACK = Wording("ওপরের খবরটি প্রত্যাহার করা হয়েছে। কারণ: {reason}", "The story above has been withdrawn: {reason}")
NOTE = Wording("ওপরের খবরে একটি সংশোধনী আছে: {reason}", "The story above has been corrected: {reason}")


def card(
    article: Article,
    style: CardStyle,
    view: View,
    *,
    position: int | None = None,
    breaking: bool = False,
    revised_at: datetime | None = None,
) -> Message:
    """Draw an article.

    A whole one is shown only where the source allows it; else its summary stands, with the link as the way to the rest.
    Breaking news is short. ``revised_at`` says that the source changed its page since, which admits no error; what an
    editor put right is said in a notice of its own.
    """
    whole = style is CardStyle.FULL and article.full_text is FullText.ALLOWED and bool(article.body) and not breaking
    parts: list[Part] = [Heading(_headline(article, view, breaking=breaking), link=article.url, position=position)]
    if whole:
        parts.append(Body(article.body))
    elif article.summary and style is not CardStyle.HEADLINE:
        parts.append(Summary(_summary(article, view, breaking=breaking)))
    if article.correction is not None:
        parts.append(_notice(article, article.correction, view))
    if article.image and not breaking:
        parts.append(Photo(article.image, article.headline))
    parts.append(Attribution(_attribution(article, view, whole=whole, breaking=breaking, revised_at=revised_at)))
    outlet = publisher(article, view.language)
    rows = card_choices.under(article, style, view, whole=whole, breaking=breaking, outlet=outlet)
    if any(rows):
        parts.append(Choices(tuple(filter(None, rows))))
    brief = _brief(article, view, breaking=breaking)
    return Message(
        tuple(parts),
        brief,
        view.language,
        view.picture,
        sort=MessageSort.CARD,
        state=_state(article, breaking=breaking),
        outlet=outlet,
        topic=_topic(article, view),
        shows=(article.id,),
    )


def _state(article: Article, *, breaking: bool) -> MessageState:
    if article.correction is not None:
        return MessageState.CORRECTED
    return MessageState.BREAKING if breaking else MessageState.PLAIN


def _topic(article: Article, view: View) -> str:
    return next((say(topic.name, view.language) for topic in TOPICS if topic.slug == article.topic), "")


def plain_card(article: Article, view: View, *, breaking: bool = False, revised_at: datetime | None = None) -> Message:
    """Draw the card without links, styles, pictures and choices.

    It is sent when a platform refused the card with them.
    """
    above = [_headline(article, view, breaking=breaking), *_summary(article, view, breaking=breaking)]
    if article.correction is not None:
        notice = _notice(article, article.correction, view)
        above += [notice.title, *map(_text, notice.lines)]
    lines = _attribution(article, view, whole=False, breaking=breaking, revised_at=revised_at)
    below = [*map(_text, lines), *((article.url,) if article.url else ())]
    return Message(
        (paragraph(*above), paragraph(*below)),
        _brief(article, view, breaking=breaking),
        view.language,
        sort=MessageSort.NOTE,
        state=_state(article, breaking=breaking),
    )


def note(reason: str, language: Language, *, withdrawn: bool = False) -> Message:
    """Draw the silent line that answers a changed card.

    A change of a card alone notifies nobody.
    """
    text = say(TAKEN_BACK if withdrawn else NOTE, language, reason=reason)
    state = MessageState.WITHDRAWN if withdrawn else MessageState.CORRECTED
    return Message((paragraph(text),), text, language, sort=MessageSort.NOTE, state=state)


def _text(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def _summary(article: Article, view: View, *, breaking: bool) -> tuple[str, ...]:
    """Return the summary; in a group's list its first sentence."""
    return article.summary[:1] if breaking or _in_a_crowd(view) else article.summary


def _in_a_crowd(view: View) -> bool:
    return view.traits.buttons and not view.traits.answers_alone and view.kind is not ChatKind.PRIVATE


def _headline(article: Article, view: View, *, breaking: bool) -> str:
    if breaking and article.correction is None:
        return say(BREAKING, view.language, headline=article.headline)
    return article.headline


def _brief(article: Article, view: View, *, breaking: bool) -> str:
    return f"{_headline(article, view, breaking=breaking)} ({publisher(article, view.language)})"


def _notice(article: Article, made: Correction, view: View) -> Notice:
    before = [line(say(BEFORE, view.language, headline=made.before))] if made.before else []
    reason = line(say(REASON, view.language, reason=made.reason))
    return Notice(say(CORRECTED, view.language, time=_since(article, made.at, view)), (*before, reason))


def _since(article: Article, moment: datetime, view: View) -> str:
    """Print when a card changed.

    The day is printed too, unless the card bears the same.
    """
    return view.clock(moment) if view.same_day(moment, _printed_at(article)) else view.short(moment)


def publisher(article: Article, language: Language) -> str:
    """Name the outlet in the reader's language.

    If the page names none, say that.
    """
    if article.outlet is None:
        return say(UNKNOWN, language)
    if language is Language.ENGLISH and article.outlet.name_en:
        return article.outlet.name_en
    return article.outlet.name


def _attribution(
    article: Article, view: View, *, whole: bool, breaking: bool, revised_at: datetime | None
) -> tuple[tuple[Span, ...], ...]:
    names = Span(publisher(article, view.language), link=article.url)
    person = article.byline if article.byline and not is_role(article.byline) else None
    first = [Span(f"{person}, "), names] if person else [names]
    if article.wire_sources:
        first.append(Span(" · " + say(WIRE, view.language, names=", ".join(article.wire_sources))))
    bangla = whole or view.traits.bangla_dates
    lines = [tuple(first)]
    if revised_at is None or article.published or not article.updated:
        lines.append(line(dating.on_card(article, view, bangla=bangla, short=breaking)))
    if article.tags and not breaking and (whole or view.traits.tags_on_cards or _in_a_crowd(view)):
        lines.append(_tags(article, view))
    if article.sample:
        lines.append(line(say(SAMPLE, view.language)))
    if revised_at is not None:
        lines.append(line(say(UPDATED, view.language, time=_since(article, revised_at, view))))
    return tuple(lines)


def _tags(article: Article, view: View) -> tuple[Span, ...]:
    """Name what the article is about.

    On platforms without buttons each name leads to the bot.
    """
    link = view.traits.deep_link
    spans = [Span(say(TAGS, view.language))]
    for at, tag in enumerate(article.tags):
        if at:
            spans.append(Span(" · "))
        spans.append(
            Span(english.said(tag, view.language), link=link.format(start=f"t_{article.id}_{at}") if link else None)
        )
    return tuple(spans)


def _printed_at(article: Article) -> datetime:
    return article.published or article.updated or article.first_seen
