"""Discord for tests: its gateway and API as far as Khobor and the library under it use them."""

from tests.fakes.discord.faults import Fault
from tests.fakes.discord.limits import Limit
from tests.fakes.discord.rights import Right
from tests.fakes.discord.server import FakeDiscord

__all__ = ["FakeDiscord", "Fault", "Limit", "Right"]
