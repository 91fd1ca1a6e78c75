"""The table of quiet hours, caps, pauses and breaking news.

Cell by cell.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.decide import BEYOND_CAP, BREAKING_FOR, CORRECTED_FOR, DEATHS, DOUBTS, FOLD, SLOW_START, decide
from bot.values.chats import Breaking, Chat, ChatState, Mode, Preferences, Target
from bot.values.delivery import (
    Dead,
    Decision,
    Delivery,
    DeliveryState,
    Dropped,
    Edit,
    Failed,
    Form,
    Keep,
    Lane,
    Later,
    Left,
    Post,
    Ref,
    Subject,
    SubjectKind,
    SubjectState,
    Why,
)

NOON = datetime(2026, 4, 14, 6, 0, tzinfo=UTC)  # in Dhaka
NIGHT = datetime(2026, 4, 14, 18, 0, tzinfo=UTC)  # midnight there
SEVEN = datetime(2026, 4, 15, 1, 0, tzinfo=UTC)
EIGHT = datetime(2026, 4, 15, 2, 0, tzinfo=UTC)
HERE = Target("test", "1")
TODAY = "2026-04-14"


def _chat(**changes: object) -> Chat:
    chosen = {name: changes.pop(name) for name in list(changes) if name in Preferences.__dataclass_fields__}
    preferences = Preferences(mode=Mode.NOW, **chosen)  # type: ignore[arg-type]
    return Chat(1, "test", "1", preferences=preferences, **changes)  # type: ignore[arg-type]


def _subject(at: datetime, **changes: object) -> Subject:
    whole = Subject(7, SubjectKind.STORY, 1, 1, SubjectState.OPEN, at, article_id=7)
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


def _delivery(at: datetime, chat: Chat | None = None, **changes: object) -> Delivery:
    names = Subject.__dataclass_fields__
    subject = _subject(at, **{name: changes.pop(name) for name in list(changes) if name in names})
    return Delivery(subject, chat or _chat(), Lane.NORMAL, HERE, **changes)  # type: ignore[arg-type]


def _news(at: datetime, chat: Chat, **changes: object) -> Delivery:
    return _delivery(at, chat, **changes)


def _breaking(at: datetime, chat: Chat, **changes: object) -> Delivery:
    return _delivery(at, chat, breaking_at=at, **changes)


def _note(at: datetime, chat: Chat, **changes: object) -> Delivery:
    return _delivery(at, chat, kind=SubjectKind.NOTE, parent=Ref(HERE, "m"), **changes)


def _post(at: datetime, chat: Chat, **changes: object) -> Delivery:
    return _delivery(at, chat, kind=SubjectKind.POST, **changes)


def _reports(at: datetime, chat: Chat, **changes: object) -> Delivery:
    return _delivery(at, chat, kind=SubjectKind.REPORTS, **changes)


def _twin(at: datetime, chat: Chat, **changes: object) -> Delivery:
    return _delivery(at, chat, other=DeliveryState.SENDING, **changes)


def _edit(at: datetime, chat: Chat, **changes: object) -> Delivery:
    return _delivery(at, chat, version=2, must=2, changed_at=at, ref=Ref(HERE, "m"), shown=1, **changes)


def _strike(at: datetime, chat: Chat, **changes: object) -> Delivery:
    return _edit(at, chat, state=SubjectState.WITHDRAWN, **changes)


COUNTED, QUIETLY = Post(counts=True), Post(silent=True, counts=True)
NIGHTLY = Later(SEVEN)
ALWAYS = _chat(breaking=Breaking.ALWAYS)
FULL = {"cap_day": TODAY, "cap_used": 20}
PAUSED = {"paused_until": NOON + timedelta(days=1)}
NEW = {"slow_until": NOON + timedelta(hours=3), "hour": int(NOON.timestamp()) // 3600, "hour_used": SLOW_START}

TABLE: list[tuple[str, datetime, Chat, dict[str, Decision]]] = [
    ("open", NOON, _chat(), {"news": COUNTED, "breaking": COUNTED, "note": Post(silent=True), "post": Post()}),
    # A row whose story is on its way as another report waits a minute; an editor's reports come by night, silently.
    ("open, of both reports", NOON, _chat(), {"twin": Later(NOON + timedelta(minutes=1)), "reports": Post()}),
    ("quiet hours, reports", NIGHT, _chat(), {"reports": Post(silent=True)}),
    ("without sound, reports", NOON, _chat(silent=True), {"reports": Post(silent=True)}),
    ("a break, reports", NOON, _chat(**PAUSED), {"reports": Post()}),
    (
        "quiet hours",
        NIGHT,
        _chat(),
        {"news": Left(Why.QUIET, SEVEN), "breaking": Left(Why.QUIET, SEVEN), "note": NIGHTLY, "post": NIGHTLY},
    ),
    (
        "quiet hours, breaking news always",
        NIGHT,
        ALWAYS,
        {"news": Left(Why.QUIET, SEVEN), "breaking": QUIETLY, "note": NIGHTLY, "post": NIGHTLY},
    ),
    (
        "cap used up",
        NOON,
        _chat(**FULL),
        {"news": Left(Why.CAP, EIGHT), "breaking": COUNTED, "note": Post(silent=True), "post": Post()},
    ),
    (
        "cap used up, and five beyond",
        NOON,
        _chat(cap_day=TODAY, cap_used=20 + BEYOND_CAP),
        {"news": Left(Why.CAP, EIGHT), "breaking": Left(Why.CAP, EIGHT), "post": Post()},
    ),
    ("the cap of yesterday", NOON, _chat(cap_day="2026-04-13", cap_used=99), {"news": COUNTED}),
    ("no cap at all: nothing at once", NOON, _chat(cap=0), {"news": Left(Why.CAP, EIGHT), "breaking": COUNTED}),
    (
        "paused",
        NOON,
        _chat(**PAUSED),
        {
            **dict.fromkeys(("news", "breaking"), Left(Why.PAUSED, NOON + timedelta(days=1))),
            **dict.fromkeys(("note", "post"), Dropped(Why.PAUSED)),
        },
    ),
    ("a pause that is over", NOON, _chat(paused_until=NOON), {"news": COUNTED, "breaking": COUNTED}),
    (
        "first day, six this hour",
        NOON,
        _chat(**NEW),
        {
            "news": Left(Why.SLOW_START, NOON + timedelta(hours=1)),
            "breaking": COUNTED,
            "note": Post(silent=True),
            "post": Post(),
        },
    ),
    ("first day, another hour", NOON, _chat(**{**NEW, "hour": 1}), {"news": COUNTED}),
    ("without sound", NOON, _chat(silent=True), {"news": QUIETLY, "breaking": QUIETLY, "post": Post(silent=True)}),
    ("no breaking news", NIGHT, _chat(breaking=Breaking.NEVER), {"breaking": Left(Why.QUIET, SEVEN)}),
    ("no quiet hours", NIGHT, _chat(quiet_from=time(0), quiet_to=time(0)), {"news": COUNTED, "breaking": COUNTED}),
    (
        "stopped",
        NOON,
        _chat(state=ChatState.PAUSED),
        dict.fromkeys(("news", "breaking", "note", "post"), Dropped(Why.STOPPED)),
    ),
    (
        "gone",
        NOON,
        _chat(state=ChatState.GONE),
        {
            **dict.fromkeys(("news", "breaking", "note", "post"), Dropped(Why.GONE)),
            **dict.fromkeys(("edit", "strike"), Failed(Why.GONE)),
        },
    ),
    (
        "asked to wait by its platform",
        NOON,
        _chat(not_before=NOON + timedelta(seconds=9)),
        dict.fromkeys(("news", "breaking", "note", "post", "edit", "strike"), Later(NOON + timedelta(seconds=9))),
    ),
]
MAKERS = {
    "news": _news,
    "breaking": _breaking,
    "note": _note,
    "post": _post,
    "edit": _edit,
    "strike": _strike,
    "reports": _reports,
    "twin": _twin,
}


@pytest.mark.parametrize(
    ("name", "column", "at", "chat", "expected"),
    [
        (name, column, at, chat, row.get(column, Edit()))
        for name, at, chat, row in TABLE
        for column in MAKERS
        if column in row or column in ("edit", "strike")
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_table(name: str, column: str, at: datetime, chat: Chat, expected: Decision) -> None:
    assert decide(MAKERS[column](at, chat), at) == expected, (name, column)


@pytest.mark.parametrize(
    ("waited", "waiting", "expected"),
    [
        (FOLD, 2, COUNTED),
        (FOLD + timedelta(seconds=1), 2, Left(Why.STALE, NOON, soon=True)),
        (FOLD + timedelta(seconds=1), 1, COUNTED),
        (2 * FOLD + timedelta(seconds=1), 1, Left(Why.STALE, NOON, soon=True)),
    ],
)
def test_what_waited_too_long_comes_together(waited: timedelta, waiting: int, expected: Decision) -> None:
    assert decide(_news(NOON - waited, _chat(), waiting=waiting), NOON) == expected


@pytest.mark.parametrize(
    ("wish", "matched", "expected"),
    [
        (Breaking.DAY, False, COUNTED),
        (Breaking.ALWAYS, False, COUNTED),
        (Breaking.MINE, True, COUNTED),
        (Breaking.MINE, False, Dropped(Why.STALE)),
        (Breaking.NEVER, False, Dropped(Why.STALE)),
        (Breaking.NEVER, True, COUNTED),
    ],
)
def test_breaking_news_is_for_all_or_for_who_follows_it(wish: Breaking, matched: bool, expected: Decision) -> None:
    assert decide(_breaking(NOON, _chat(breaking=wish), matched=matched), NOON) == expected


def test_breaking_news_is_news_like_other_after_two_hours() -> None:
    late = _breaking(NOON - timedelta(hours=2, seconds=1), ALWAYS, waiting=2)
    assert decide(late, NOON) == Left(Why.STALE, NOON, soon=True)
    assert decide(_breaking(NIGHT - timedelta(hours=1), ALWAYS, waiting=2), NIGHT) == QUIETLY


def test_breaking_news_without_sound_makes_none() -> None:
    assert decide(_breaking(NOON, _chat(), loud=False), NOON) == QUIETLY


def test_a_digest_waits_for_the_end_of_a_pause_and_of_quiet_hours() -> None:
    assert decide(_delivery(NOON, kind=SubjectKind.DIGEST), NOON) == Post()
    assert decide(_delivery(NIGHT, kind=SubjectKind.DIGEST), NIGHT) == NIGHTLY
    until = NOON + timedelta(hours=8)
    assert decide(_delivery(NOON, _chat(paused_until=until), kind=SubjectKind.DIGEST), NOON) == Later(until)


def test_doubts_and_deaths_end_a_row() -> None:
    assert decide(_news(NOON, _chat(), unsure=DOUBTS), NOON) == Left(Why.DOUBTFUL, NOON)
    assert decide(_delivery(NOON, kind=SubjectKind.DIGEST, unsure=DOUBTS), NOON) == Dropped(Why.DOUBTFUL)
    assert decide(_news(NOON, _chat(), tries=DEATHS), NOON) == COUNTED
    assert decide(_news(NOON, _chat(), tries=DEATHS + 1), NOON) == Dead(Why.POISON)
    assert decide(_edit(NOON, _chat(), tries=DEATHS + 1), NOON) == Failed(Why.POISON)


def test_what_was_withdrawn_or_stopped_is_posted_nowhere() -> None:
    assert decide(_news(NOON, _chat(), state=SubjectState.WITHDRAWN), NOON) == Dropped(Why.WITHDRAWN)
    assert decide(_news(NOON, _chat(), state=SubjectState.STOPPED), NOON) == Dead(Why.REFUSED)
    assert decide(_delivery(NOON, kind=SubjectKind.NOTE), NOON) == Dropped(Why.NO_PARENT)
    assert decide(_news(NOON, _chat(), thread_closed=True), NOON) == Dropped(Why.THREAD_CLOSED)


def test_an_update_shows_where_it_is_wanted_and_can_be_shown() -> None:
    update = _delivery(NOON, version=3, must=1, changed_at=NOON, ref=Ref(HERE, "m", Form.PHOTO), shown=2)
    unwanted = dataclasses.replace(update, chat=_chat(updates=False))
    assert decide(update, NOON) == Edit()
    assert decide(update, NOON, edits=False) == Keep()
    assert decide(unwanted, NOON) == Keep()
    must = dataclasses.replace(unwanted, subject=dataclasses.replace(update.subject, must=3))
    assert decide(must, NOON) == Edit(), "a correction always shows"
    assert decide(must, NOON, edits=False) == Edit(), "even where it can only be said once more"
    assert decide(dataclasses.replace(must, shown=3), NOON) == Keep()
    assert decide(must, NOON + CORRECTED_FOR + timedelta(seconds=1)) == Failed(Why.TOO_OLD)


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    waited=st.timedeltas(timedelta(0), timedelta(days=3)),
    chat=st.builds(
        _chat,
        zone=st.sampled_from(("Asia/Dhaka", "Europe/London", "Australia/Lord_Howe")),
        quiet_from=st.times(),
        quiet_to=st.times(),
        breaking=st.sampled_from(Breaking),
        cap=st.integers(0, 30),
        state=st.sampled_from(ChatState),
        silent=st.booleans(),
        updates=st.booleans(),
    ),
    kind=st.sampled_from(SubjectKind),
    state=st.sampled_from((SubjectState.OPEN, SubjectState.WITHDRAWN, SubjectState.STOPPED)),
    version=st.integers(1, 4),
    shown=st.integers(0, 4),
    sent=st.booleans(),
    breaking=st.booleans(),
    unsure=st.integers(0, 3),
)
def test_whatever_the_row_some_things_never_happen(
    *,
    at: datetime,
    waited: timedelta,
    chat: Chat,
    kind: SubjectKind,
    state: SubjectState,
    version: int,
    shown: int,
    sent: bool,
    breaking: bool,
    unsure: int,
) -> None:
    delivery = _delivery(
        at - waited,
        chat,
        kind=kind,
        state=state,
        version=version,
        must=version,
        changed_at=at,
        shown=shown,
        unsure=unsure,
        breaking_at=at - waited if breaking else None,
        ref=Ref(HERE, "m") if sent else None,
        parent=Ref(HERE, "p"),
    )
    what = decide(delivery, at)
    assert what == decide(delivery, at), "the same row, the same moment, the same decision"
    assert not isinstance(what, Edit | Keep | Failed) or sent, "what was not sent is not edited"
    assert not isinstance(what, Post | Left | Dropped | Dead) or not sent, "what was sent is not sent again"
    if isinstance(what, Post):
        assert state is SubjectState.OPEN
        assert chat.state is ChatState.ACTIVE
        assert unsure < DOUBTS
        quiet = decide(
            dataclasses.replace(delivery, subject=dataclasses.replace(delivery.subject, breaking_at=None)), at
        )
        assert what.silent or not (isinstance(quiet, Left) and quiet.reason is Why.QUIET), "no sound in quiet hours"
    if isinstance(what, Later):
        assert what.due_at > at
    if isinstance(what, Left):
        assert kind is SubjectKind.STORY
        assert what.digest_at >= at


# --- what the figures are, whoever changes them ---


def test_the_figures_are_those_of_the_model() -> None:
    assert (timedelta(hours=1), timedelta(hours=2), timedelta(hours=48)) == (FOLD, BREAKING_FOR, CORRECTED_FOR)
    assert (BEYOND_CAP, SLOW_START, DOUBTS, DEATHS) == (5, 6, 2, 3)


@pytest.mark.parametrize("breaking", [False, True])
@pytest.mark.parametrize("loud", [False, True])
@pytest.mark.parametrize("silent", [False, True])
@pytest.mark.parametrize("asleep", [False, True])
def test_what_makes_no_sound(breaking: bool, loud: bool, silent: bool, asleep: bool) -> None:
    at = NIGHT if asleep else NOON
    chat = _chat(silent=silent, breaking=Breaking.ALWAYS)
    what = decide(_delivery(at, chat, loud=loud, breaking_at=at if breaking else None), at)
    if asleep and not breaking:
        assert what == Left(Why.QUIET, SEVEN)
    else:
        # Only breaking news is sent without sound by whoever announced it.
        assert what == Post(silent=silent or asleep or (breaking and not loud), counts=True)


@pytest.mark.parametrize(
    ("age", "announced", "expected"),
    [
        (timedelta(hours=5), None, Left(Why.STALE, NOON, soon=True)),
        (timedelta(hours=5), timedelta(hours=2, minutes=1), Left(Why.STALE, NOON, soon=True)),
        (timedelta(hours=5), timedelta(hours=1, minutes=50), COUNTED),
        (timedelta(hours=50), timedelta(minutes=1), COUNTED),
    ],
)
def test_a_late_announcement_is_judged_by_its_own_age(
    age: timedelta, announced: timedelta | None, expected: Decision
) -> None:
    at = None if announced is None else NOON - announced
    assert decide(_delivery(NOON - age, _chat(), breaking_at=at), NOON) == expected


def test_a_reader_who_wants_no_breaking_news_is_not_late_for_an_announcement() -> None:
    never = _chat(breaking=Breaking.NEVER)
    announced = _delivery(NOON - timedelta(hours=9), never, breaking_at=NOON - timedelta(minutes=30), waiting=2)
    assert decide(announced, NOON) == COUNTED, "it waits since it was announced"


@pytest.mark.parametrize(
    ("since", "waiting", "is_breaking"),
    [(timedelta(hours=2), 1, True), (timedelta(hours=2, microseconds=1), 1, False)],
)
def test_breaking_news_ends_after_exactly_two_hours(since: timedelta, waiting: int, is_breaking: bool) -> None:
    row = _delivery(NIGHT, ALWAYS, breaking_at=NIGHT - since, waiting=waiting)
    assert decide(row, NIGHT) == (QUIETLY if is_breaking else Left(Why.QUIET, SEVEN))


@pytest.mark.parametrize(
    ("waited", "waiting", "late"),
    [(FOLD, 2, False), (2 * FOLD, 1, False), (2 * FOLD, 2, True), (2 * FOLD + timedelta(microseconds=1), 1, True)],
)
def test_the_edges_of_waiting(waited: timedelta, waiting: int, late: bool) -> None:
    what = decide(_news(NOON - waited, _chat(), waiting=waiting), NOON)
    assert what == (Left(Why.STALE, NOON, soon=True) if late else COUNTED)


@pytest.mark.parametrize(("used", "breaking", "left"), [
    (19, False, False), (20, False, True), (20, True, False), (24, True, False), (25, True, True),
])  # fmt: skip
def test_the_edges_of_the_cap(used: int, breaking: bool, left: bool) -> None:
    row = _delivery(NOON, _chat(cap_day=TODAY, cap_used=used), breaking_at=NOON if breaking else None)
    assert decide(row, NOON) == (Left(Why.CAP, EIGHT) if left else COUNTED)


@pytest.mark.parametrize(
    ("slow_for", "used", "hour", "left"),
    [
        (timedelta(seconds=1), SLOW_START, 0, True),
        (timedelta(0), SLOW_START, 0, False),
        (timedelta(seconds=1), SLOW_START - 1, 0, False),
        (timedelta(seconds=1), SLOW_START, -1, False),
    ],
)
def test_the_edges_of_the_first_day(slow_for: timedelta, used: int, hour: int, left: bool) -> None:
    this_hour = int(NOON.timestamp()) // 3600
    at = NOON + timedelta(minutes=59, seconds=59)
    chat = _chat(slow_until=at + slow_for, hour=this_hour + hour, hour_used=used)
    assert decide(_news(at, chat), at) == (Left(Why.SLOW_START, NOON + timedelta(hours=1)) if left else COUNTED)


def test_the_edges_of_pauses_and_waits() -> None:
    for kind, then in ((SubjectKind.DIGEST, Post()), (SubjectKind.POST, Post())):
        assert decide(_delivery(NOON, _chat(paused_until=NOON, not_before=NOON), kind=kind), NOON) == then
    moment = NOON + timedelta(microseconds=1)
    assert decide(_news(NOON, _chat(paused_until=moment)), NOON) == Left(Why.PAUSED, moment)
    assert decide(_news(NOON, _chat(not_before=moment)), NOON) == Later(moment)
    assert decide(_edit(NOON, _chat(not_before=moment)), NOON) == Later(moment)
    assert decide(_edit(NOON, _chat(not_before=NOON)), NOON) == Edit()


@pytest.mark.parametrize("kind", [SubjectKind.NOTE, SubjectKind.POST])
def test_words_of_a_day_ago_are_said_no_more(kind: SubjectKind) -> None:
    parent = Ref(HERE, "p")
    at_edge = _delivery(NOON - timedelta(hours=24), kind=kind, parent=parent)
    assert isinstance(decide(at_edge, NOON), Post)
    late = _delivery(NOON - timedelta(hours=24, microseconds=1), kind=kind, parent=parent)
    assert decide(late, NOON) == Dropped(Why.TOO_OLD)
    for other in (SubjectKind.DIGEST, SubjectKind.STORY):
        old = _delivery(NOON - timedelta(hours=30), kind=other)
        assert decide(old, NOON) != Dropped(Why.TOO_OLD)


def test_a_correction_of_two_days_ago_still_shows_and_a_moment_later_it_does_not() -> None:
    row = _edit(NOON, _chat())
    assert decide(row, NOON + CORRECTED_FOR) == Edit()
    assert decide(row, NOON + CORRECTED_FOR + timedelta(microseconds=1)) == Failed(Why.TOO_OLD)
    undated = dataclasses.replace(row, subject=dataclasses.replace(row.subject, changed_at=None))
    assert decide(undated, NOON + 9 * CORRECTED_FOR) == Edit(), "nobody knows since when it is owed"


def test_what_shows_the_newest_or_all_that_must_show_stays() -> None:
    newest = _delivery(NOON, version=3, must=1, changed_at=NOON, ref=Ref(HERE, "m"), shown=3)
    assert decide(newest, NOON) == Keep(), "updates are wanted, and there is none"
    enough = _delivery(NOON, _chat(updates=False), version=3, must=2, changed_at=NOON, ref=Ref(HERE, "m"), shown=2)
    assert decide(enough, NOON) == Keep()


def test_one_doubt_is_tried_again_and_three_too_many() -> None:
    assert decide(_news(NOON, _chat(), unsure=1), NOON) == COUNTED
    assert decide(_news(NOON, _chat(), unsure=3), NOON) == Left(Why.DOUBTFUL, NOON)
    assert decide(_edit(NOON, _chat(), tries=DEATHS, unsure=9), NOON) == Edit(), "an edit harms nobody"


def test_a_chat_that_got_nothing_today_has_its_one() -> None:
    assert decide(_news(NOON, _chat(cap=1)), NOON) == COUNTED
    assert decide(_news(NOON, _chat(cap=1, cap_day=TODAY, cap_used=1)), NOON) == Left(Why.CAP, EIGHT)


def test_what_the_cap_counts_is_the_chats_own_day() -> None:
    late = datetime(2026, 4, 14, 19, 0, tzinfo=UTC)  # the fifteenth in Dhaka, the fourteenth in London
    awake = {"quiet_from": time(0), "quiet_to": time(0), "cap_day": "2026-04-14", "cap_used": 20}
    assert decide(_news(late, _chat(**awake)), late) == COUNTED
    assert isinstance(decide(_news(late, _chat(zone="Europe/London", **awake)), late), Left)
