"""What the Bot API brings is read, whatever its server's age."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.platforms.telegram.updates import readable


def _change(status: str, **rights: object) -> dict[str, Any]:
    bot = {"id": 1, "is_bot": True, "first_name": "খবর"}
    return {
        "update_id": 1,
        "my_chat_member": {
            "chat": {"id": -5, "type": "channel", "title": "পাড়া"},
            "from": {"id": 7, "is_bot": False, "first_name": "পাঠক"},
            "date": 1,
            "old_chat_member": {"user": bot, "status": "left"},
            "new_chat_member": {"user": bot, "status": status, **rights},
        },
    }


@pytest.mark.parametrize("status", ["administrator", "creator", "restricted", "kicked", "member"])
def test_a_member_without_the_newest_fields_is_read(status: str) -> None:
    update = readable(_change(status), None)
    assert update is not None
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == status


def test_a_right_that_is_said_stays_and_one_that_is_not_is_none() -> None:
    update = readable(_change("administrator", can_post_messages=True, can_edit_stories=True), None)
    assert update is not None
    assert update.my_chat_member is not None
    member = update.my_chat_member.new_chat_member
    assert (member.can_post_messages, member.can_edit_stories, member.can_delete_stories) == (True, True, False)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "raw", [None, [], 5, {}, {"update_id": "x"}, {"update_id": 1, "message": 5}, {"update_id": 1, "my_chat_member": 5}]
)
def test_what_cannot_be_read_is_none(raw: object) -> None:
    assert readable(raw, None) is None or raw == {"update_id": 1}
