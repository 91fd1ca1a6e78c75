"""What every chat platform promises the sender (bot.ports.platform.Platform).

Each promise is one function.
A platform's tests make a `Place`, a chat on a server that answers as the real one does, and run all `PROMISES` there.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.articles.card.card import card
from bot.ports.platform import Barred, Closed, Gone, Lost, Postponed, Refused, Sent, Unknown
from bot.values.chats import CardStyle
from bot.values.delivery import Ref
from bot.values.messages import Heading, Message, plain
from tests.handlers.telegram.seed import ARTICLE, VIEW

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.ports.platform import Platform
    from bot.values.chats import Target


class Trouble(StrEnum):
    """What the next request meets."""

    BLOCKED = "blocked"
    MUTED = "muted"
    HASTE = "haste"
    REFUSED = "refused"
    NO_ANSWER = "no answer"
    STRANGER = "stranger"


MEANS = {
    Trouble.BLOCKED: Gone,
    Trouble.MUTED: Closed,
    Trouble.HASTE: Postponed,
    Trouble.REFUSED: Refused,
    Trouble.NO_ANSWER: Unknown,
    Trouble.STRANGER: Barred,
}


class Place(Protocol):
    """A chat of a platform, as a test sees it."""

    @property
    def platform(self) -> Platform:
        """The account that is tried."""

    @property
    def target(self) -> Target:
        """The chat, in which nothing lies yet."""

    def texts(self) -> list[str]:
        """Return what a reader reads in the chat, message by message."""

    def meet(self, trouble: Trouble) -> None:
        """Let the next request meet trouble."""

    def delete(self) -> None:
        """Take the last message away, as its reader can."""


CARD = card(ARTICLE, CardStyle.SUMMARY, VIEW)
SENTENCE = "নদীর ঘাটে নতুন সেতু খুলে দেওয়া হচ্ছে আগামী শুক্রবার বিকেলে। "
LONG = Message((Heading("লম্বা খবর"), *plain(*(f"{number}: {SENTENCE * 9}" for number in range(30))).parts), "লম্বা খবর")
ODD = "৫ < ৬ & ৭ > ৬; *তারা* _রেখা_ `কোড` [নাম](https://example.com) <b>নয়</b> ||ঢাকা|| @everyone"


async def _sent(place: Place, message: Message, key: str = "1") -> Ref:
    result = await place.platform.send(place.target, message, key)
    assert isinstance(result, Sent)
    return Ref(place.target, result.ref, result.form)


async def what_is_sent_lies_there(place: Place) -> None:
    """A card's headline, its first sentence and its outlet can be read."""
    await _sent(place, CARD)
    (text,) = place.texts()
    assert ARTICLE.headline in text
    assert ARTICLE.summary[0] in text
    assert "নমুনা পোর্টাল" in text


async def an_edit_takes_its_place(place: Place) -> None:
    """The old text is gone, and no second message came."""
    ref = await _sent(place, CARD)
    result = await place.platform.edit(ref, plain("খবরটি প্রত্যাহার করা হয়েছে"))
    assert isinstance(result, Sent)
    assert place.texts() == ["খবরটি প্রত্যাহার করা হয়েছে"]


async def an_edit_that_changes_nothing_is_well(place: Place) -> None:
    """What lies there already need not be shown again."""
    ref = await _sent(place, CARD)
    before = place.texts()
    assert isinstance(await place.platform.edit(ref, CARD), Sent)
    assert place.texts() == before


async def a_long_one_arrives_whole_and_in_its_order(place: Place) -> None:
    """However many messages it takes, every paragraph is there once."""
    await _sent(place, LONG)
    whole = " ".join(" ".join(place.texts()).split())
    places = [whole.index(f"{number}: {SENTENCE.strip()}") for number in range(30)]
    assert places == sorted(places)
    assert whole.count(SENTENCE.strip()) == 30 * 9


async def a_short_one_in_place_of_a_long_one_leaves_nothing_of_it(place: Place) -> None:
    """All parts of what was sent are known."""
    ref = await _sent(place, LONG)
    result = await place.platform.edit(ref, plain("প্রত্যাহার"))
    assert isinstance(result, Sent)
    assert place.texts() == ["প্রত্যাহার"]
    again = await place.platform.edit(Ref(place.target, result.ref, result.form), plain("আবার"))
    assert isinstance(again, Sent)
    assert place.texts() == ["আবার"]


async def whatever_a_source_writes_is_read_as_it_was_written(place: Place) -> None:
    """No sign of a platform's own markup means anything in it."""
    await _sent(place, plain(ODD))
    assert place.texts() == [ODD]


async def nothing_to_say_is_refused(place: Place) -> None:
    """An empty message is no fault of the chat's."""
    assert isinstance(await place.platform.send(place.target, Message(()), "1"), Refused)
    assert place.texts() == []


async def trouble_is_told_and_never_raised(place: Place) -> None:
    """Each answer comes to what the sender can act on.

    The next message is none the worse.
    """
    for trouble, means in MEANS.items():
        place.meet(trouble)
        result = await place.platform.send(place.target, CARD, trouble.value)
        assert type(result) is means, (trouble, result)
    await _sent(place, CARD, "after")


async def trouble_with_an_edit_leaves_what_was_there(place: Place) -> None:
    """A change that is put off or refused is not half done."""
    ref = await _sent(place, CARD)
    before = place.texts()
    for trouble in (Trouble.HASTE, Trouble.REFUSED, Trouble.STRANGER):
        place.meet(trouble)
        result = await place.platform.edit(ref, plain("অন্য কিছু"))
        assert type(result) is MEANS[trouble], (trouble, result)
        assert place.texts() == before


async def a_message_that_was_taken_away_is_lost(place: Place) -> None:
    """It is not sent again: whoever deleted it does not want it."""
    ref = await _sent(place, CARD)
    place.delete()
    assert isinstance(await place.platform.edit(ref, plain("অন্য কিছু")), Lost)
    assert place.texts() == []


PROMISES: tuple[Callable[[Place], Awaitable[None]], ...] = (
    what_is_sent_lies_there,
    an_edit_takes_its_place,
    an_edit_that_changes_nothing_is_well,
    a_long_one_arrives_whole_and_in_its_order,
    a_short_one_in_place_of_a_long_one_leaves_nothing_of_it,
    whatever_a_source_writes_is_read_as_it_was_written,
    nothing_to_say_is_refused,
    trouble_is_told_and_never_raised,
    trouble_with_an_edit_leaves_what_was_there,
    a_message_that_was_taken_away_is_lost,
)
