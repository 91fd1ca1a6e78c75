"""What a sentence can want."""

from __future__ import annotations

from enum import Enum, auto


class Act(Enum):
    """What is wanted."""

    FOLLOW = auto()
    UNFOLLOW = auto()
    MUTE = auto()
    UNMUTE = auto()
    SHOW = auto()
    SWITCH_OFF = auto()
    """«বন্ধ করুন»: of everything, or of what is named."""
    SWITCH_ON = auto()
    PAUSE = auto()
    EITHER = auto()
    """«ফলো করো না»: follow, or stop following."""
    CHANGE = auto()
    """A setting is to be changed, which the object names; of anything else it is no request."""
    DENY = auto()
    """A mere না: of a setting it means that it is not wanted; of anything else it is no request."""


FORBIDDING = (Act.MUTE, Act.SWITCH_OFF, Act.PAUSE)
"""What says that something shall not come."""


class EndManner(Enum):
    """When what is followed shall come."""

    AT_ONCE = auto()
    TOGETHER = auto()
