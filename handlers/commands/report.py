"""/report: a reader saw a mistake; what is wrong is asked for, and goes to the editors with the story's number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.articles.card.card import publisher
from bot.bangla.cut import cut
from bot.bangla.normalise import display, key
from bot.editing import stories
from bot.search import pages
from bot.values.chats import AuditLine, Target
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording, say
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.values.articles import Article

WHICH = Wording(
    "কোন খবরে? খবরটি খুলে ⋯ চাপুন, তারপর ‘ভুল চোখে পড়েছে’।", "In which story? Open it, tap ⋯, then ‘Report a mistake’."
)
NO_NUMBER = Wording("তালিকার নম্বরটি দিন, যেমন: ভুল আছে ১।", "Give its number in the list: report 1.")
WHAT = Wording(
    "‘{headline}’: ভুলটি কী, এক-দুই বাক্যে লিখে পাঠান।", "‘{headline}’: what is wrong? Send it in a sentence or two."
)
LEAVE = Wording("‹ থাক", "‹ Leave it")
LEFT = Wording("থাক। কিছু পাঠানো হয়নি।", "Left. Nothing was sent.")
THANKS = Wording("ধন্যবাদ। সম্পাদকদের কাছে পাঠানো হলো।", "Thank you. The editors have it.")
SLOWLY = Wording("একটু আস্তে। {n} মিনিট পরে আবার লিখুন।", "A little slower, please. Try again in {n} minutes.")
REPORTED = Wording(
    "⚠️ পাঠক জানিয়েছেন: ‘{text}’\n{headline} ({outlet})\n/correct #{id} · /withdraw #{id}",
    "⚠️ A reader reports: ‘{text}’\n{headline} ({outlet})\n/correct #{id} · /withdraw #{id}",
)
NO = "no"
MOST = 5
"""Reports that one person may send within `WITHIN`."""
WITHIN = timedelta(hours=1)
LOOKED_AT = 500
_LONGEST = 500


async def run(request: Request) -> Reply:
    """Ask what is wrong with a story, `#ID`, else the one that came last; `#ID TEXT` tells the editors."""
    if request.argument == NO:
        return request.reply(LEFT)
    first, _, rest = display(request.argument).strip().partition(" ")
    if key(first).isdecimal():
        return await _placed(request, int(key(first)[:6]), rest.strip())
    number, text = stories.part(request.argument)
    if number and not stories.names_a_story(number):
        number, text = "", request.argument
    article = await _article(request, number)
    if article is None:
        return request.reply(pages.FORGOTTEN if number else WHICH)
    return await _reported(request, article, display(text).strip()) if text else _asked(request, article)


async def _placed(request: Request, place: int, text: str) -> Reply:
    """Report the story at a place of the list last shown."""
    ids = request.chat.shown.ids if request.chat.shown is not None else ()
    if not ids:
        return request.reply(NO_NUMBER)
    if not 1 <= place <= len(ids):
        return request.reply(pages.NOT_IN_LIST, n=len(ids))
    article = await request.store.articles.get(ids[place - 1])
    if article is None:
        return request.reply(pages.FORGOTTEN)
    return await _reported(request, article, text) if text else _asked(request, article)


async def _article(request: Request, number: str) -> Article | None:
    """Return the story that is named, or the one that this chat was sent last."""
    if number:
        return await request.store.articles.get(int(number.removeprefix("#")))
    shown = request.chat.shown.ids if request.chat.shown is not None else ()
    if len(shown) == 1:
        return await request.store.articles.get(shown[0])
    last = await request.store.deliveries.last(request.chat.id)
    subject = await request.store.subjects.get(last) if last is not None else None
    if subject is None or subject.article_id is None:
        return None
    return await request.store.articles.get(subject.article_id)


def _asked(request: Request, article: Article) -> Reply:
    text = request.words(WHAT, headline=article.headline)
    leave = Choice(request.words(LEAVE), "report", NO, request.words(LEAVE).removeprefix("‹ "))
    # Any words are an answer: «ভুল খবর» is one, though it names this very command.
    asks = Asks("report", f"#{article.id}", free=True)
    return Reply(Message((paragraph(text), Choices(((leave,),))), brief=text), asks=asks)


async def _reported(request: Request, article: Article, text: str) -> Reply:
    if (wait := await _wait(request)) is not None:
        return request.reply(SLOWLY, n=max(1, round(wait.total_seconds() / 60)))
    said = {"text": cut(text, _LONGEST), "headline": article.headline, "outlet": publisher(article, request.language)}
    line = AuditLine(request.now, request.actor, "report", f"#{article.id}", after=said["text"])
    await request.store.audit.record(line)
    words = say(REPORTED, request.language, id=str(article.id), **said)
    targets = [
        Target(platform, person) for platform, _, person in (one.partition(":") for one in request.services.admins)
    ]
    await request.store.subjects.alert(words, targets, request.now)
    return request.reply(THANKS)


async def _wait(request: Request) -> timedelta | None:
    """Return how long somebody has to wait who reported too often."""
    lines = await request.store.audit.recent(LOOKED_AT)
    theirs = [line.at for line in lines if (line.who, line.what) == (request.actor, "report")]
    if len(theirs) < MOST:
        return None
    free = theirs[MOST - 1] + WITHIN
    return free - request.now if free > request.now else None


COMMAND = Command(
    name="report",
    summary=Wording("ভুল চোখে পড়লে জানান", "Report a mistake"),
    run=run,
    usage="#ID [TEXT]",
    longest=1000,
    aliases=("ভুল আছে", "ভুল খবর", "খবরে ভুল", "অভিযোগ", "vul ache", "bhul ache"),
)
