"""People and bots as members of chats.

Each has the fields that a status brings.
"""

from __future__ import annotations

from typing import Any

_OF_ADMINS = (
    "can_be_edited can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
    "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories can_post_messages"
)
_OF_THE_RESTRICTED = (
    "is_member can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
    "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews "
    "can_change_info can_invite_users can_pin_messages can_manage_topics can_edit_tag can_react_to_messages"
)


def person(number: int) -> dict[str, Any]:
    """Return somebody as updates bring them."""
    return {"id": number, "is_bot": False, "first_name": f"পাঠক {number}"}


def rights(status: str) -> dict[str, Any]:
    """Return the fields that a member of this standing has."""
    match status:
        case "administrator":
            return {**dict.fromkeys(_OF_ADMINS.split(), True), "is_anonymous": False}
        case "restricted":
            return {**dict.fromkeys(_OF_THE_RESTRICTED.split(), False), "until_date": 0}
        case "kicked":
            return {"until_date": 0}
        case "creator":
            return {"is_anonymous": False}
        case _:
            return {}
