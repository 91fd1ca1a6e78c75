"""A Bot API server for tests.

It accepts, refuses and shows what the platform does, as far as Khobor uses it.
"""

from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.server import FakeTelegram

__all__ = ["FakeTelegram", "Fault"]
