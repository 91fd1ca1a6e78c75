"""/addsource ADDRESS [name]: takes news from an address.

Its articles are stored and pushed to nobody.
"""

from __future__ import annotations

from bot.sources.failure import FetchError
from bot.sources.health import shown_kind, title, why
from bot.values.chats import Role
from bot.values.errors import ParseError
from bot.values.messages import Asks, Reply, plain
from bot.values.wording import Wording
from handlers.command import Command, Request, asking
from handlers.params import TextParam

ASK = Wording("সাইট, ফিড বা যেকোনো খবরের ঠিকানা পাঠান।", "Send the address of a site, a feed or any story.")
REFUSED = Wording("এই ঠিকানা নেওয়া গেল না: {reason}।", "This address was not accepted: {reason}.")
FOUND = Wording("{outlet}: {kind} পাওয়া গেছে। সর্বশেষ শিরোনাম:", "Found {kind} at {outlet}. Latest:")
ADDED = Wording(
    "{outlet} যোগ হলো। পুরোনো {n}টি জমা হয়েছে, পাঠকের কাছে যায়নি।",
    "{outlet} added. {n:older story|older stories} stored, none pushed.",
)


ADDRESS = TextParam(
    name="address",
    sign="ADDRESS",
    label=Wording("সাইট বা ফিডের ঠিকানা", "A site's or feed's address"),
    required=True,
    many=False,
)
NAME = TextParam(name="name", sign="name", label=Wording("সংবাদমাধ্যমের নাম", "The outlet's name"))


async def run(request: Request) -> Reply:
    """Fetch it, read it, add it; or say why not."""
    address, name = request.get(ADDRESS), request.get(NAME)
    if address is None:
        return asking(request, Asks(request.call, ADDRESS.name), request.words(ASK))
    outlet = name.words if name is not None else ""
    try:
        added = await request.services.source_editor.add(address.words, outlet, request.actor)
    except FetchError as error:
        return request.reply(REFUSED, reason=request.words(why(error.reason.value)))
    except ParseError as error:
        return request.reply(REFUSED, reason=request.words(why(error.found or "unreadable")))
    outlet = title(added.source)
    return Reply(
        plain(
            request.words(FOUND, outlet=outlet, kind=request.words(shown_kind(added.kind_name))),
            *added.headlines,
            request.words(ADDED, outlet=outlet, n=added.stored),
        )
    )


COMMAND = Command(
    name="addsource",
    summary=Wording("ফিড যোগ করুন", "Add a feed"),
    run=run,
    params=(ADDRESS, NAME),
    role=Role.ADMIN,
    longest=4200,
)
