"""/report: tells the editors of a mistake.

It asks what is wrong, and sends that with the story's number.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.articles.card.reported import CLOSE
from bot.bangla.cut import cut
from bot.search import pages
from bot.values.calls import ListAt, Numbered, OneOf, call
from bot.values.chats import Role
from bot.values.forms import BlankForm, FormField
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.reports import ReaderReport
from bot.values.wording import Wording
from handlers import shown
from handlers.command import LEAVE_IT, Audience, Command, Group, Request
from handlers.params import OneOfParam, PositionParam, TextParam

if TYPE_CHECKING:
    from bot.values.articles import Article

WHICH = Wording(
    "কোন খবরে? খবরটি খুলে ⋯ চাপুন, তারপর ‘ভুল চোখে পড়েছে’ বাটনে।", "In which story? Open it, tap ⋯, then ‘Report a mistake’."
)
NO_NUMBER = Wording("তালিকার নম্বরটি দিন, যেমন: ভুল আছে ১।", "Give its number in the list: report 1.")
WHAT = Wording(
    "‘{headline}’: ভুলটি কী, এক-দুই বাক্যে লিখে পাঠান।", "‘{headline}’: what is wrong? Send it in a sentence or two."
)
LEFT = Wording("থাক। কিছু পাঠানো হয়নি।", "Left. Nothing was sent.")
THANKS = Wording("ধন্যবাদ। সম্পাদকদের কাছে পাঠানো হলো।", "Thank you. The editors have it.")
KEPT = Wording("ধন্যবাদ। জমা রইল; সম্পাদকেরা তালিকা খুললে দেখবেন।", "Thank you. It is kept for the editors' next look.")
OFTEN = Wording(
    "এক ঘণ্টায় এর বেশি জানানো যায় না; আগেরগুলো দেখা হচ্ছে।",
    "No more within the hour; the earlier ones are being looked at.",
)
ONLY_ADMINS = Wording("এটি শুধু অ্যাডমিনরা করতে পারেন।", "Only admins can do this.")
STAYS = Wording("ঠিক আছে।", "All right.")
NO = "no"
MOST = 5
"""Reports that one person may send within `WITHIN`."""
WITHIN = timedelta(hours=1)
_LONGEST = 500


STORY = PositionParam(name="story", sign="N|#ID", label=Wording("খবরের নম্বর", "The story's number"))
FIELD = FormField(
    "text", Wording("ভুলটি কী?", "What is wrong?"), Wording("এক-দুই বাক্যে", "In a sentence or two"), long=True
)
TEXT = TextParam(
    name="text",
    sign="TEXT",
    label=Wording("ভুলটি কী", "What is wrong"),
    any_words=True,
    form=BlankForm(Wording("ভুল জানান", "Report a mistake"), (FIELD,)),
)
"""Any words are an answer: «ভুল খবর» is one, though it names this very command."""
HOW = OneOfParam(name="how", options=MappingProxyType({NO: (), CLOSE: ()}), asked_only=True)


async def run(request: Request) -> Reply:
    """Ask what is wrong, or tell the editors.

    It is about the story `#ID`, else the one that came last; `#ID TEXT` tells at once.
    """
    how, story, said = request.get(HOW), request.get(STORY), request.get(TEXT)
    if how == OneOf(CLOSE):
        return await _closed(request, await _article(request, story) if isinstance(story, Numbered) else None)
    if how is not None:
        return request.reply(LEFT)
    if isinstance(story, ListAt):
        return await _placed(request, story, said.words if said is not None else "")
    article = await _article(request, story)
    if article is None:
        which = NO_NUMBER if request.view.among_others else WHICH
        return request.reply(pages.FORGOTTEN if story is not None else which)
    return await _reported(request, article, said.words) if said is not None else _what_is_wrong(request, article)


async def _placed(request: Request, chosen: ListAt, text: str) -> Reply:
    """Report the story at a position of a list."""
    listed = await shown.listed(request, chosen)
    if listed is None:
        return request.reply(NO_NUMBER)
    if not 1 <= chosen.position <= len(listed.ids):
        return request.reply(pages.not_in_list(len(listed.ids)), n=len(listed.ids))
    article = await request.store.articles.get(listed.ids[chosen.position - 1])
    if article is None:
        return request.reply(pages.FORGOTTEN)
    return await _reported(request, article, text) if text else _what_is_wrong(request, article)


async def _article(request: Request, story: Numbered | None) -> Article | None:
    """Return the story that is meant.

    The one named, the only one shown last, or the one that this chat was sent last.
    """
    if story is not None:
        return await request.store.articles.get(story.article_id)
    listed = await shown.listed(request, None)
    if listed is not None and len(listed.ids) == 1:
        return await request.store.articles.get(listed.ids[0])
    last = await request.store.deliveries.last(request.chat.id)
    subject = await request.store.subjects.get(last) if last is not None else None
    if subject is None or subject.article_id is None:
        return None
    return await request.store.articles.get(subject.article_id)


def _what_is_wrong(request: Request, article: Article) -> Reply:
    text = request.words(WHAT, headline=article.headline)
    leave = Choice(request.words(LEAVE_IT), call("report", how=OneOf(NO)))
    asks = Asks(call("report", story=Numbered(article.id)), TEXT.name)
    return Reply(Message((paragraph(text), Choices(((leave,),))), brief=text), asks=asks)


async def _reported(request: Request, article: Article, text: str) -> Reply:
    reports = request.store.reader_reports
    if await reports.since(request.actor, request.now - WITHIN) >= MOST:
        return request.reply(OFTEN)
    report = ReaderReport(request.actor, article.id, cut(text, _LONGEST), request.now)
    told = await reports.add(report, request.services.admins, request.now)
    return request.reply(THANKS if told else KEPT)


async def _closed(request: Request, article: Article | None) -> Reply:
    """Let a story stay as it is, for an editor."""
    if request.role < Role.EDITOR:
        return dataclasses.replace(request.reply(ONLY_ADMINS), private=True)
    if article is None:
        return request.reply(pages.FORGOTTEN)
    await request.store.reader_reports.close(article.id, request.actor)
    return request.reply(STAYS)


COMMAND = Command(
    name="report",
    summary=Wording("ভুল চোখে পড়লে জানান", "Report a mistake"),
    run=run,
    params=(STORY, TEXT, HOW),
    audience=Audience.CHAT,
    group=Group.UNLISTED,
    longest=1000,
    acts=True,
    aliases=("ভুল আছে", "ভুল খবর", "খবরে ভুল", "অভিযোগ", "vul ache", "bhul ache"),
)
