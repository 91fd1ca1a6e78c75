from __future__ import annotations

import pytest
from telegram import Message

from bot.values.chats import ChatKind, Role
from handlers.platforms.telegram import incoming

READER = {"id": 7, "is_bot": False, "first_name": "রহিম"}
US = {"id": 1, "is_bot": True, "first_name": "খবর", "username": "Khobor_Bot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "রহিম"}
GROUP = {"id": -100123, "type": "supergroup", "title": "পাড়া"}
CHANNEL = {"id": -100456, "type": "channel", "title": "খবর"}


def _message(chat: dict[str, object], text: str | None, **more: object) -> Message:
    said = {"message_id": 1, "date": 0, "chat": chat, "from": READER, "text": text, **more}
    return Message.de_json({key: value for key, value in said.items() if value is not None})


def _text(message: Message) -> str | None:
    words = incoming.words(message, "Khobor_Bot", ("telegram:9",))
    return words.text if words else None


@pytest.mark.parametrize(
    ("chat", "said", "understood"),
    [
        (PRIVATE, "ইরান", "ইরান"),
        (PRIVATE, "/latest 5", "/latest 5"),
        (PRIVATE, "/latest@khobor_bot 5", "/latest 5"),
        (PRIVATE, "/latest@other_bot", None),
        (GROUP, "সাহায্য", None),
        (GROUP, "/latest", "/latest"),
        (GROUP, "/latest@khobor_bot", "/latest"),
        (GROUP, "/latest@other_bot", None),
        (GROUP, "@khobor_bot ইরান", "ইরান"),
        (GROUP, "ইরান @Khobor_Bot", "ইরান"),
        (GROUP, "@khobor_bot", "/help"),
        (CHANNEL, "আজকের খবর", None),
        (CHANNEL, "/settings", "/settings"),
    ],
)
def test_what_is_meant_for_us(chat: dict[str, object], said: str, understood: str | None) -> None:
    assert _text(_message(chat, said)) == understood


def test_an_answer_to_us_is_meant_for_us_and_to_others_not() -> None:
    ours = {"message_id": 3, "date": 0, "chat": GROUP, "from": US, "text": "x"}
    assert _text(_message(GROUP, "আরও", reply_to_message=ours)) == "আরও"
    assert _text(_message(GROUP, "আরও", reply_to_message={**ours, "from": READER})) is None


def test_a_picture_and_what_came_through_a_bot_are_no_words() -> None:
    assert incoming.words(_message(PRIVATE, None), "Khobor_Bot", ()) is None
    assert incoming.words(_message(PRIVATE, "খবর", via_bot=US), "Khobor_Bot", ()) is None


def test_a_topic_is_a_place_of_its_own_and_a_thread_of_answers_is_none() -> None:
    topic = incoming.words(_message(GROUP, "/latest", message_thread_id=5, is_topic_message=True), "k", ())
    thread = incoming.words(_message(GROUP, "/latest", message_thread_id=5), "k", ())
    assert topic is not None
    assert thread is not None
    assert (topic.target.thread, thread.target.thread) == ("5", "")


@pytest.mark.parametrize(
    ("chat", "sender", "role"),
    [
        (PRIVATE, None, Role.READER),
        (GROUP, None, Role.READER),
        (GROUP, GROUP, Role.CHAT_ADMIN),  # an anonymous admin
        (GROUP, CHANNEL, Role.READER),  # somebody who speaks as a channel
        (CHANNEL, CHANNEL, Role.CHAT_ADMIN),
    ],
)
def test_who_speaks_as_the_chat_itself_is_its_admin(
    chat: dict[str, object], sender: dict[str, object] | None, role: Role
) -> None:
    words = incoming.words(_message(chat, "/settings", sender_chat=sender), "k", ())
    assert words is not None
    assert words.person.role is role


def test_an_admin_by_the_settings_is_one_everywhere() -> None:
    words = incoming.words(_message(GROUP, "/settings"), "k", ("telegram:7",))
    assert words is not None
    assert (words.person.role, words.kind) == (Role.ADMIN, ChatKind.GROUP)
