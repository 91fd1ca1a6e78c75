"""/reach #N [missed]: how far a correction or withdrawal has come, and whom it did not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import newsroom
from bot.articles.counting import counted
from bot.bangla.normalise import key
from bot.messages import Heading, Message, Paragraph, Reply, line
from bot.model import Role
from bot.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.newsroom import Story

WHICH = Wording("কোন খবর? নম্বর দিন, যেমন: /reach #১২৩", "Which story? Give its number: /reach #123")
HEAD = Wording("যেগুলোতে পৌঁছায়নি", "Not reached")
ALL_WELL = Wording("সব জায়গায় পৌঁছেছে।", "It reached every place.")
TOO_OLD = Wording(
    "৭ দিনের বেশি পুরোনো; কোথায় কী হয়েছিল তার শুধু সংখ্যা আছে।",
    "Older than 7 days; only the counts of what became of it are kept.",
)
AND_MORE = Wording("আরও আছে; প্রথম {n}টি দেখানো হলো।", "There are more; the first {n} are shown.")
REASONS = {
    "gone": Wording("ব্লক বা মুছে ফেলা", "blocked or deleted"),
    "moved": Wording("চ্যাটের ঠিকানা বদলেছে", "the chat moved"),
    "lost": Wording("বার্তাটি আর নেই", "the message is no longer there"),
    "place": Wording("লেখার অনুমতি নেই", "no right to write"),
    "refused": Wording("প্ল্যাটফর্ম নেয়নি", "the platform refused it"),
    "too old": Wording("বদলানোর সময় পার", "too old to change"),
    "restored": Wording("পুরোনো কপি থেকে ফেরানো", "restored from a backup"),
}
OTHER = Wording("জানা নেই", "not known")
MOST = 50


async def run(request: Request) -> Reply:
    """Count, or list those not reached."""
    first, _, rest = key(request.argument).partition(" ")
    story = await newsroom.find(request.store, first)
    if story is None:
        return request.reply(WHICH)
    if rest.strip() in ("missed", key("যেগুলো হয়নি"), key("বাকি")):
        return await _missed(request, story)
    reach = await newsroom.reach(request.store, story, request.now)
    return Reply(counted(reach, story.article.id, request.language))


async def _missed(request: Request, story: Story) -> Reply:
    found = await newsroom.missed(request.store, story, MOST + 1)
    if not found:
        return request.reply(ALL_WELL)
    lines = [
        line(f"{chat.platform}:{chat.external_id} · {request.words(REASONS.get(reason, OTHER))}")
        for chat, reason in found[:MOST]
    ]
    if len(found) > MOST:
        lines.append(line(request.words(AND_MORE, n=MOST)))
    head = request.words(HEAD)
    return Reply(Message((Heading(head), Paragraph(tuple(lines))), brief=head))


COMMAND = Command(
    name="reach",
    summary=Wording("সংশোধনী কোথায় পৌঁছাল", "How far a correction has come"),
    run=run,
    takes_argument=True,
    usage="#N [missed]",
    role=Role.EDITOR,
)
