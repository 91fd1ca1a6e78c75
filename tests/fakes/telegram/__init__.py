"""A Bot API server for tests.

What the platform accepts, refuses and shows, as far as Khobor uses it.
"""

from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.server import FakeTelegram

__all__ = ["FakeTelegram", "Fault"]
