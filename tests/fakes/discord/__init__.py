"""Discord for tests.

Its gateway and API as far as Khobor and the library under it use them.
async with FakeDiscord() as there:
    guild, reader = there.guild(), there.user("পাঠক")
    channel = there.channel(guild)
    there.joins(reader, guild)
    ...  # a bot is started with there.token, there.api_base, there.gateway_url
    await there.until(lambda: there.commands)
    card = await there.slash(reader, channel, "latest").answer()
    await there.press(card, "📖 পুরো খবর", reader).answer()
    assert channel.texts == [...]
"""

from tests.fakes.discord.faults import Fault
from tests.fakes.discord.limits import Limit
from tests.fakes.discord.rights import Right
from tests.fakes.discord.server import FakeDiscord

__all__ = ["FakeDiscord", "Fault", "Limit", "Right"]
