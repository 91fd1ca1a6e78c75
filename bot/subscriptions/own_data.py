"""Writes everything that is kept about one person as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.values.chats import Preferences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, time

    from bot.values.chats import Chat, Subscription
    from bot.values.delivery import SentStory
    from bot.values.reports import ReaderReport


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept about a person, by their inbox."""

    chat: Chat
    chosen: Sequence[Subscription]
    reports: Sequence[ReaderReport]
    sent: Sequence[SentStory]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the chat's number and language."""
        usual = Preferences(language=self.chat.language)
        return not (self.chosen or self.reports or self.sent) and self.chat.preferences == usual

    def written(self, now: datetime) -> bytes:
        """Write it as people and programs read it, times in UTC."""
        chosen, chat = self.chat.preferences, self.chat
        whole = {
            "written_at": _moment(now),
            "chat": {"platform": chat.platform, "number": chat.external_id, "state": chat.state.value},
            "follows": [_subscription(one) for one in self.chosen if not one.exclude],
            "left_out": [_subscription(one) for one in self.chosen if one.exclude],
            "settings": {
                "language": chosen.language.value,
                "zone": chosen.zone,
                "digest_times": [_clock(one) for one in chosen.digest_times],
                "digest_days": list(chosen.digest_days),
                "quiet_hours": [_clock(chosen.quiet_from), _clock(chosen.quiet_to)],
                "when": chosen.mode.name.lower(),
                "breaking": chosen.breaking.value,
                "at_once_a_day": chosen.cap,
                "silent": chosen.silent,
                "card": chosen.style.value,
                "picture": chosen.picture.value,
                "updates": chosen.updates,
                "paused_until": _moment(chat.paused_until),
            },
            "mistakes_reported": [
                {"at": _moment(one.at), "story": one.article_id, "text": one.text, "state": one.state.value}
                for one in self.reports
            ],
            "sent_in_7_days": [
                {"at": _moment(one.at), "story": one.article_id, "headline": one.headline, "address": one.url}
                for one in self.sent
            ],
        }
        return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _subscription(one: Subscription) -> dict[str, str | None]:
    kept = {"kind": one.term.kind.value, "name": one.term.name, "when": one.mode.name.lower()}
    return {**kept, "until": _moment(one.until)}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
