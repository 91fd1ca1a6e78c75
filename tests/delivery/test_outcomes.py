"""Every answer of a platform.

To a post and to an edit, of a row that is new and of one whose patience is over.
"""

from __future__ import annotations

import dataclasses
import random
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.decide import CORRECTED_FOR, DEATHS, DOUBTS, FOLD, decide
from bot.delivery.drawing import Drawn
from bot.delivery.outcomes import BARRED, DOUBT, FARTHEST, FIRST_WAIT, LONGEST_WAIT, backoff, ending_of
from bot.ports.platform import (
    Barred,
    Closed,
    Gone,
    Lost,
    Moved,
    Postponed,
    Refused,
    SendResult,
    Sent,
    Unavailable,
    Unknown,
)
from bot.values.chats import Chat, Mode, Preferences, Target
from bot.values.delivery import (
    Again,
    Arrived,
    ChatGone,
    ChatMoved,
    Dead,
    Decision,
    Delivery,
    Edit,
    Ending,
    Failed,
    Form,
    Hold,
    Lane,
    Left,
    Post,
    Ref,
    Subject,
    SubjectKind,
    SubjectState,
    ThreadClosed,
    Why,
)
from bot.values.lists import Listed
from bot.values.messages import plain

NOON = datetime(2026, 4, 14, 6, 0, tzinfo=UTC)  # in Dhaka
HERE, THERE = Target("test", "1", "7"), Target("test", "0", "5")
WAIT = timedelta(seconds=9)
VERSION = 3
DRAWN = Drawn(plain("খবর"), (4, 2), Listed((9, 8)))
SECOND = timedelta(seconds=1)

ANSWERS: dict[str, SendResult] = {
    "sent": Sent("m9", Form.PHOTO),
    "postponed": Postponed(WAIT),
    "gone": Gone("blocked"),
    "closed": Closed("no right"),
    "moved": Moved("2"),
    "refused": Refused("can't parse"),
    "lost": Lost("no such message"),
    "barred": Barred("401"),
    "unavailable": Unavailable("500"),
    "unknown": Unknown("no answer"),
}
ENDINGS: dict[str, tuple[Ending, Ending]] = {
    "sent": (
        Arrived(Ref(HERE, "m9", Form.PHOTO), VERSION, (4, 2), Listed((9, 8))),
        Arrived(Ref(THERE, "m9", Form.PHOTO), VERSION, (4, 2), Listed((9, 8))),
    ),
    "postponed": (Hold(NOON + WAIT), Hold(NOON + WAIT)),
    "gone": (ChatGone("blocked"), ChatGone("blocked")),
    "closed": (ThreadClosed("no right"), ThreadClosed("no right")),
    "moved": (ChatMoved("2"), Failed(Why.MOVED)),
    "refused": (Dead(Why.REFUSED), Failed(Why.REFUSED)),
    "lost": (Dead(Why.LOST), Failed(Why.LOST)),
    "barred": (Again(NOON + BARRED), Again(NOON + BARRED)),
}
"""What becomes of a post, and of an edit. Two more are spread by chance; see WITHIN."""
WITHIN: dict[str, tuple[timedelta, timedelta, bool]] = {
    "unavailable": (FIRST_WAIT * 0.75, LONGEST_WAIT * 1.25, False),
    "unknown": (DOUBT, 2 * DOUBT, True),
}
"""How soon and how late it is tried again, and whether a post may lie there by then."""
THEN: dict[str, tuple[Decision, Decision]] = {
    "postponed": (Post(counts=True), Edit()),
    "barred": (Left(Why.STALE, NOON, soon=True), Failed(Why.TOO_OLD)),
    "unavailable": (Left(Why.STALE, NOON, soon=True), Failed(Why.TOO_OLD)),
    "unknown": (Left(Why.DOUBTFUL, NOON), Failed(Why.TOO_OLD)),
}
"""What is decided next time about a row for which this was the last try: a post, and an edit."""


def _delivery(*, edit: bool, last: bool, kind: SubjectKind = SubjectKind.STORY, unsure: int = 0) -> Delivery:
    """Make a claimed row.

    At its first try or at the last one that it has.
    """
    age = 2 * FOLD - 20 * SECOND if last else timedelta(0)
    changed = NOON - (CORRECTED_FOR - 20 * SECOND if last else timedelta(0))
    subject = Subject(7, kind, VERSION, VERSION, SubjectState.OPEN, NOON - age, article_id=7)
    chat = Chat(1, "test", "1", preferences=Preferences(mode=Mode.NOW))
    row = Delivery(subject, chat, Lane.NORMAL, HERE, tries=DEATHS if last else 1, unsure=int(last) or unsure)
    if edit:
        subject = dataclasses.replace(subject, changed_at=changed)
        return dataclasses.replace(row, subject=subject, ref=Ref(THERE, "m1"), shown=1)
    return row


def _due(ending: Ending) -> datetime:
    assert isinstance(ending, Again | Hold)
    return ending.due_at if isinstance(ending, Again) else ending.until


def _next(row: Delivery, ending: Ending) -> Decision:
    """Decide about a row as settling leaves it.

    At the moment that it is due again.
    """
    doubtful = isinstance(ending, Again) and ending.doubtful
    return decide(dataclasses.replace(row, tries=1, unsure=row.unsure + doubtful), _due(ending))


def _at_noon(what: Decision) -> Decision:
    return dataclasses.replace(what, digest_at=NOON) if isinstance(what, Left) else what


def test_the_table_holds_every_answer_that_there_is() -> None:
    assert {type(answer) for answer in ANSWERS.values()} == set(get_args(SendResult))
    assert len(ANSWERS) == len(get_args(SendResult))
    assert ANSWERS.keys() == ENDINGS.keys() | WITHIN.keys()


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("edit", [False, True])
@pytest.mark.parametrize("name", ANSWERS)
def test_what_becomes_of_a_row(name: str, edit: bool, last: bool) -> None:
    row = _delivery(edit=edit, last=last)
    ending = ending_of(row, DRAWN, ANSWERS[name], NOON, idempotent=False)
    if name in WITHIN:
        soonest, latest, doubtful = WITHIN[name]
        assert isinstance(ending, Again)
        assert soonest <= ending.due_at - NOON <= latest
        assert ending.doubtful is (doubtful and not edit), "an edit that may have arrived harms nobody"
    else:
        assert ending == ENDINGS[name][edit]


@pytest.mark.parametrize("edit", [False, True])
@pytest.mark.parametrize("name", THEN)
def test_a_first_try_that_failed_is_followed_by_another(name: str, edit: bool) -> None:
    row = _delivery(edit=edit, last=False)
    ending = ending_of(row, DRAWN, ANSWERS[name], NOON, idempotent=False)
    assert _next(row, ending) == (Edit() if edit else Post(counts=True))


@pytest.mark.parametrize("edit", [False, True])
@pytest.mark.parametrize("name", THEN)
def test_a_last_try_that_failed_is_not_but_a_wait_uses_up_nothing(name: str, edit: bool) -> None:
    row = _delivery(edit=edit, last=True)
    ending = ending_of(row, DRAWN, ANSWERS[name], NOON, idempotent=False)
    assert _at_noon(_next(row, ending)) == THEN[name][edit]


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.parametrize("name", ENDINGS)
def test_an_answer_means_the_same_whatever_was_said(name: str, kind: SubjectKind) -> None:
    row = _delivery(edit=False, last=False, kind=kind)
    assert ending_of(row, DRAWN, ANSWERS[name], NOON, idempotent=False) == ENDINGS[name][0]


@pytest.mark.parametrize("unsure", range(DOUBTS + 1))
@pytest.mark.parametrize("idempotent", [False, True])
@pytest.mark.parametrize("edit", [False, True])
def test_only_a_doubtful_post_to_a_platform_that_remembers_keys_shows_nobody_knows_what(
    edit: bool, idempotent: bool, unsure: int
) -> None:
    row = _delivery(edit=edit, last=False, unsure=unsure)
    ending = ending_of(row, DRAWN, Sent("m9"), NOON, idempotent=idempotent)
    assert isinstance(ending, Arrived)
    assert ending.shown == (0 if idempotent and unsure and not edit else VERSION)


RESULTS = st.one_of(
    st.builds(Sent, st.text(), st.sampled_from(Form)),
    st.builds(Postponed, st.timedeltas(timedelta(0), timedelta(days=9))),
    st.builds(Moved, st.text()),
    *(st.builds(kind, st.text()) for kind in (Gone, Closed, Refused, Lost, Barred, Unavailable, Unknown)),
)
ROWS = st.builds(
    _delivery, edit=st.booleans(), last=st.booleans(), kind=st.sampled_from(SubjectKind), unsure=st.integers(0, DOUBTS)
)


@given(RESULTS, ROWS, st.booleans())
def test_whatever_the_answer_some_things_never_happen(result: SendResult, row: Delivery, idempotent: bool) -> None:
    ending = ending_of(row, DRAWN, result, NOON, idempotent=idempotent)
    assert isinstance(ending, Arrived) is isinstance(result, Sent), (
        "it arrived where the platform says so, and there only"
    )
    if isinstance(ending, Again):
        assert NOON < ending.due_at <= NOON + 1.25 * LONGEST_WAIT, "never at once, and never in hours"
        assert ending.doubtful is (isinstance(result, Unknown) and row.ref is None)
    if row.ref is not None:
        assert not isinstance(ending, Dead | ChatMoved | Left), "what lies there is not given up as if it did not"
    if isinstance(ending, Dead | Failed):
        assert isinstance(result, Refused | Lost | Moved), "only the platform's own word ends a row"


@given(st.timedeltas(-timedelta(days=1), timedelta(days=3)), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_the_longer_it_waits_the_longer_it_waits_for_the_next_try(age: timedelta, more: timedelta) -> None:
    young, old = (
        dataclasses.replace(row, subject=dataclasses.replace(row.subject, created_at=NOON - waited))
        for row, waited in ((_delivery(edit=False, last=False), age), (_delivery(edit=False, last=False), age + more))
    )
    assert FIRST_WAIT * 0.75 <= backoff(young, NOON) <= LONGEST_WAIT * 1.25, "before its time too: clocks are set back"
    assert backoff(young, NOON) / 1.25 <= backoff(old, NOON) / 0.75 + SECOND


def test_an_edit_is_as_old_as_its_change_and_not_as_its_story() -> None:
    row = _delivery(edit=True, last=False)
    subject = dataclasses.replace(row.subject, created_at=NOON - timedelta(hours=40))
    assert backoff(dataclasses.replace(row, subject=subject), NOON) <= FIRST_WAIT * 1.25


# --- the figures, and how patience grows ---


def test_the_waits_are_those_of_the_model() -> None:
    assert (
        timedelta(seconds=30),
        timedelta(seconds=10),
        timedelta(minutes=10),
        timedelta(minutes=1),
        timedelta(hours=12),
    ) == (DOUBT, FIRST_WAIT, LONGEST_WAIT, BARRED, FARTHEST)


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(0), timedelta(seconds=10)),
        (timedelta(seconds=40), timedelta(seconds=10)),
        (timedelta(seconds=44), timedelta(seconds=11)),
        (timedelta(minutes=4), timedelta(minutes=1)),
        (timedelta(minutes=40), timedelta(minutes=10)),
        (timedelta(hours=9), timedelta(minutes=10)),
        (timedelta(seconds=-50), timedelta(seconds=10)),
    ],
)
@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("edit", [False, True])
def test_the_wait_is_a_quarter_of_the_age_spread_by_a_quarter(
    age: timedelta, wait: timedelta, chance: float, edit: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, high: low + (high - low) * chance)
    row = _delivery(edit=edit, last=False)
    since = NOON - age
    subject = dataclasses.replace(row.subject, created_at=NOON - timedelta(hours=8), changed_at=since)
    if not edit:
        subject = dataclasses.replace(row.subject, created_at=since)
    row = dataclasses.replace(row, subject=subject)
    assert backoff(row, NOON) == wait * (0.75 + 0.5 * chance)


@pytest.mark.parametrize(("chance", "after"), [(0.0, 30), (0.5, 45), (1.0, 60)])
def test_a_doubt_waits_for_half_a_minute_to_a_whole_one(
    chance: float, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, high: low + (high - low) * chance)
    row = _delivery(edit=False, last=False)
    ending = ending_of(row, DRAWN, Unknown("no answer"), NOON, idempotent=False)
    assert ending == Again(NOON + timedelta(seconds=after), doubtful=True)
