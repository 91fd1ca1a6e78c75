"""/status: is news arriving here."""

from __future__ import annotations

from bot.messages import Reply, plain
from bot.wording import Wording
from handlers.command import Command, Request

WELL = Wording("সব ঠিক আছে।", "All well.")
EMPTY = Wording("এখনো কোনো খবর আসেনি।", "No news yet.")
NEWEST = Wording("সর্বশেষ খবর এসেছে {time}।", "Last story {time}.")
SENT = Wording("৭ দিনে পাঠানো {n}টি।", "{n} sent in 7 days.")
NOTHING_WAITS = Wording("সব পাঠানো হয়ে গেছে, কিছু আটকে নেই।", "Everything has been sent; nothing is stuck.")
WAITING = Wording("পাঠানো বাকি {n}টি।", "{n} waiting to be sent.")
ARCHIVE = Wording("জমা আছে {n}টি খবর।", "{n} stories are kept.")


async def run(request: Request) -> Reply:
    """Say when the last story came, how many were sent here, and whether any waits."""
    newest = await request.store.articles.newest()
    sent, waiting = await request.store.deliveries.counts(request.chat.id, request.now)
    first = request.words(EMPTY)
    if newest is not None:
        time = request.view.moment(newest.first_seen)
        first = f"{request.words(WELL)} {request.words(NEWEST, time=time)} {request.words(SENT, n=sent)}"
    queue = request.words(WAITING, n=waiting) if waiting else request.words(NOTHING_WAITS)
    archive = request.words(ARCHIVE, n=await request.store.articles.count())
    return Reply(plain(first, queue, archive))


COMMAND = Command(
    name="status",
    summary=Wording("খবর ঠিকমতো যাচ্ছে কি না", "Is news arriving here"),
    run=run,
    aliases=("অবস্থা", "খবর আসছে না", "খবর পাচ্ছি না", "obostha", "khobor ashe na", "khobor ase na"),
)
