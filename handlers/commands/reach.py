"""/reach #N [missed]: shows how far a change has come.

A correction or withdrawal, and whom it did not reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editing import stories
from bot.values.chats import Role
from bot.values.delivery import Why
from bot.values.messages import Heading, Message, Paragraph, Reply, line
from bot.values.wording import Wording
from handlers.command import Command, Request
from handlers.params import OneOfParam
from handlers.stories import STORY, meant

if TYPE_CHECKING:
    from bot.editing.stories import EditedStory

WHICH = Wording("কোন খবর? নম্বরটি দিন, যেমন: /reach #{id}", "Which story? Give its number, for example: /reach #{id}")
HEAD = Wording("যেগুলো হয়নি", "Those not reached")
NONE = Wording("এমন কোনো চ্যাট নেই।", "There is no such chat.")
AND_MORE = Wording("আরও {n}টি আছে।", "{n} more.")
REASONS = {
    Why.GONE: Wording("ব্লক", "blocked"),
    Why.LOST: Wording("মুছে ফেলা", "deleted"),
    Why.THREAD_CLOSED: Wording("অনুমতি নেই", "no right"),
    Why.MOVED: Wording("চ্যাটের ঠিকানা বদলেছে", "the chat's address changed"),
    Why.REFUSED: Wording("চ্যাট অ্যাপ নেয়নি", "the chat app refused it"),
    Why.TOO_OLD: Wording("বদলানোর সময় পার", "too old to change"),
    Why.POISON: Wording("বারবার সমস্যা হয়েছে", "it failed again and again"),
    Why.RESTORED: Wording("আগের কপি থেকে ফেরানো", "restored from an older copy"),
}
OTHER = Wording("কারণ জানা নেই", "reason not known")
MOST = 50


WHAT = OneOfParam(name="what", sign="missed", options={"missed": HEAD})


async def run(request: Request) -> Reply:
    """Count, or list those not reached."""
    story = await meant(request, WHICH)
    if isinstance(story, Reply):
        return story
    if request.get(WHAT) is not None:
        return await _missed(request, story)
    found = await stories.reach(request.store, story, request.now)
    live = (
        stories.watch(request.store, story, request.now, request.language)
        if found.waiting or found.beside.waiting
        else None
    )
    return Reply(stories.counted(found, story, request.now, request.language), live=live)


async def _missed(request: Request, story: EditedStory) -> Reply:
    reach = await stories.reach(request.store, story, request.now)
    failed = sum(n for _, n in reach.failed)
    found = await stories.missed(request.store, story, MOST) if failed else []
    if not found:
        return request.reply(NONE)
    lines = [
        line(f"{chat.platform}:{chat.external_id} · {request.words(REASONS.get(Why(why), OTHER) if why else OTHER)}")
        for chat, why in found
    ]
    if failed > len(found):
        lines.append(line(request.words(AND_MORE, n=failed - len(found))))
    head = request.words(HEAD)
    return Reply(Message((Heading(head), Paragraph(tuple(lines))), brief=head))


COMMAND = Command(
    name="reach",
    summary=Wording("সংশোধনী কোথায় পৌঁছাল", "How far a correction has come"),
    run=run,
    params=(STORY, WHAT),
    role=Role.EDITOR,
)
