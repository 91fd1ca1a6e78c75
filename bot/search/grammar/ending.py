"""Reads what a sentence's end wants: verb × form × negation.

Bengali puts the verb last.
The end is the longest run of last words that only ask for something. What stands before it is the object. Rules are
tried in the order of `_RULES`; docs/reading.md explains them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bot.search.grammar import lexicon
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.verbs import Verb, VerbForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.search.grammar.words import Word


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


class EndManner(Enum):
    """When what is followed shall come."""

    AT_ONCE = auto()
    TOGETHER = auto()


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of a sentence wants, and where it begins."""

    act: Act
    start: int
    how: EndManner | None = None
    told: bool = False
    """Whether it says itself that news is meant: ফলো, সাবস্ক্রাইব, নোটিফিকেশন, তালিকা."""
    lasting: bool = False
    """Whether a wish to be sent more is likely: পাঠাও, চাই."""
    doubtful: bool = False
    """Whether the end is also a name or a noun, so that it counts after what is known only: পাঠান, বাদ."""


_WANTED: Final = (VerbForm.ORDER, VerbForm.LATER)
_ENDING_VERBS: Final = frozenset(VerbForm) - {VerbForm.SAID}
_ENDING_KINDS: Final = (
    *(Kind.POLITE, Kind.NEWS, Kind.FOLLOW, Kind.UNFOLLOW, Kind.MUTE, Kind.UNMUTE, Kind.OFF, Kind.ON, Kind.INTO_LIST),
    *(Kind.FROM_LIST, Kind.REGULAR, Kind.AT_ONCE, Kind.TOGETHER, Kind.AGAIN, Kind.ANY_MORE, Kind.NOT, Kind.MUST),
    *(Kind.BACK, Kind.BREAK, Kind.STILL, Kind.TROUBLE, Kind.AWHILE, Kind.NEEDED, Kind.GOOD, Kind.MESSAGE, Kind.ALERT),
    *(Kind.TAIL, Kind.CHANGE, Kind.OVER, Kind.ABOUT, Kind.ALL, Kind.BOTH, Kind.ANY, Kind.FRESH),
)
_MAIN_KINDS: Final = (
    *(Kind.FOLLOW, Kind.UNFOLLOW, Kind.MUTE, Kind.UNMUTE, Kind.OFF, Kind.BREAK),
    *(Kind.STILL, Kind.TROUBLE, Kind.NOT, Kind.AT_ONCE, Kind.BACK),
)
"""What can make a request by itself; the others only say how, when, of what."""
_OF_OBJECT: Final = (
    *(Kind.NEWS, Kind.UPDATE, Kind.ABOUT, Kind.ALL, Kind.FRESH, Kind.POLITE, Kind.BOTH, Kind.ANY, Kind.MESSAGE),
)
_COMPLEMENTS: Final = (
    *(Kind.FOLLOW, Kind.UNFOLLOW, Kind.MUTE, Kind.UNMUTE, Kind.OFF, Kind.ON, Kind.BACK, Kind.AGAIN, Kind.INTO_LIST),
    *(Kind.FROM_LIST, Kind.STILL, Kind.TROUBLE, Kind.AT_ONCE, Kind.REGULAR, Kind.NEWS, Kind.AWHILE, Kind.TOGETHER),
)


def read(words: Sequence[Word]) -> Ending | None:
    """Return what the end of a sentence wants, or None."""
    start = len(words)
    while start > 0 and _may_end(words, start - 1):
        start -= 1
    while start < len(words) and _belongs_to_object(words, start):
        start += 1
    if start == len(words):
        return None
    news = any(word.is_a(Kind.NEWS, Kind.ABOUT, Kind.MESSAGE, Kind.ALERT) for word in words)
    updates = any(word.is_a(Kind.UPDATE) for word in words)
    read_clauses = (_Clause(clause, news, updates) for clause in _clauses(words[start:]))
    clauses = [found for clause in read_clauses if (found := _decide(clause)) is not None]
    if not clauses:
        return None
    # Of «আর ফলো করছি না, বন্ধ করে দিন» the first half says more than the second.
    best = min(clauses, key=lambda found: _STRENGTH.index(found[0]))
    act, how, doubtful = best
    tail = words[start:]
    told = any(word.is_a(Kind.FOLLOW, Kind.UNFOLLOW, Kind.INTO_LIST, Kind.FROM_LIST, Kind.ALERT) for word in tail)
    lasting = act is Act.SHOW and any(
        word.says(Verb.SEND) or word.says(Verb.WANT) or word.says(Verb.NEED) for word in tail
    )
    return Ending(act, start, how, told, lasting, doubtful)


_STRENGTH: Final = (
    *(Act.EITHER, Act.UNFOLLOW, Act.UNMUTE, Act.MUTE, Act.FOLLOW, Act.PAUSE),
    *(Act.SWITCH_ON, Act.SWITCH_OFF, Act.CHANGE, Act.SHOW, Act.DENY),
)


def _may_end(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.is_a(*_ENDING_KINDS):
        return True
    if not word.has_form(*_ENDING_VERBS):
        return False
    before = words[at - 1] if at else None
    if lexicon.is_bare(word.key):
        if before is None:
            return False
        return before.is_a(*_COMPLEMENTS) or before.has_form(VerbForm.DONE) or before.key in _LIKE
    return not (word.key in _DAYS and before is not None and _makes_a_day(before))


_LIKE: Final = frozenset(("মতো", "মত", "moto"))
"""«আজকের মতো থাক»."""
_DAYS: Final = frozenset(("দিন", "din"))


def _makes_a_day(before: Word) -> bool:
    """Return whether দিন behind this word means a day.

    So it does in ৭ দিন, গত দিন, ঈদের দিন.
    """
    if before.is_a(Kind.NEWS, Kind.FRESH, *_COMPLEMENTS) or before.has_form(VerbForm.DONE):
        return False
    counted = before.key.isdigit() or before.key in _COUNTS
    return counted or before.key.endswith(("র", "er"))


_COUNTS: Final = frozenset(
    [
        "গত",
        "এক",
        "দুই",
        "তিন",
        "চার",
        "পাঁচ",
        "ছয়",
        "সাত",
        "আট",
        "নয়",
        "দশ",
        "কয়েক",
        "প্রতি",
        "সারা",
        "পরশু",
        "goto",
        "ek",
        "dui",
        "tin",
        "char",
        "pach",
        "choy",
        "sat",
        "at",
        "noy",
        "dosh",
        "koyek",
    ]
)


def _belongs_to_object(words: Sequence[Word], at: int) -> bool:
    """Return whether a word in front only closes the object.

    Such are খবর, নিয়ে, সব.
    """
    word = words[at]
    return word.is_a(*_OF_OBJECT) and not word.is_a(*_MAIN_KINDS) and not word.has_form(*_WANTED)


def _clauses(words: Sequence[Word]) -> Iterator[list[Word]]:
    clause: list[Word] = []
    for word in words:
        clause.append(word)
        if word.ends_clause:
            yield clause
            clause = []
    if clause:
        yield clause


@dataclass(frozen=True)
class _Clause:
    """One clause of an end, asked what is in it."""

    words: list[Word]
    news: bool
    """Whether news, or a word that says what about, stands anywhere in the sentence."""
    updates: bool
    """Whether updates are named in it."""

    def has(self, *kinds: Kind) -> bool:
        return any(word.is_a(*kinds) for word in self.words)

    def says(self, verb: Verb, *forms: VerbForm) -> bool:
        return any(word.says(verb, *forms) for word in self.words)

    def says_any(self, verbs: Sequence[Verb], *forms: VerbForm) -> bool:
        return any(self.says(verb, *forms) for verb in verbs)

    @cached_property
    def last(self) -> int:
        """The place of the last verb.

        Without one, of the last word that can be a verb. What is denied stands behind it.
        """
        places = [at for at, word in enumerate(self.words) if word.has_form(*_ENDING_VERBS) and not word.is_a(Kind.NOT)]
        return places[-1] if places else -1

    @cached_property
    def denied(self) -> bool:
        """Whether না stands behind the last verb; without one, anywhere."""
        behind = self.words[self.last :] if self.last >= 0 else self.words
        return any(word.is_a(Kind.NOT) for word in behind)

    @cached_property
    def begs(self) -> bool:
        """Whether the last verb is an order for now.

        Denied it begs (দাও না), where an order for later forbids.
        """
        verb = self.words[self.last] if self.last >= 0 else None
        return verb is not None and verb.has_form(VerbForm.ORDER) and not verb.has_form(VerbForm.I_WILL, VerbForm.I_DO)

    @cached_property
    def begs_plainly(self) -> bool:
        """Whether the last verb can be nothing but an order for now."""
        verb = self.words[self.last] if self.last >= 0 else None
        return self.begs and verb is not None and not verb.has_form(VerbForm.LATER)

    @cached_property
    def only_stays(self) -> bool:
        """Whether nothing but থাক- is said: «আজকের মতো থাক»."""
        return all(word.says(Verb.STAY) or word.is_a(Kind.TAIL, Kind.POLITE) for word in self.words)


_Found = tuple[Act, EndManner | None, bool]
_BRINGING: Final = (Verb.SEND, Verb.GIVE, Verb.TELL)
_SENDING: Final = (Verb.SEND, Verb.GIVE, Verb.TELL, Verb.SHOW)
_CHANGING: Final = (
    *(Verb.CHANGE, Verb.LESS, Verb.MORE, Verb.HOLD, Verb.WRITE, Verb.ERASE, Verb.OPEN, Verb.DO, Verb.KEEP, Verb.GO),
)
_WISHING: Final = (Verb.WANT, Verb.NEED, Verb.PLEASE)


def _decide(clause: _Clause) -> _Found | None:
    for rule in _RULES:
        if (found := rule(clause)) is not None:
            return found
    return None


def _act(act: Act, how: EndManner | None = None, *, doubtful: bool = False) -> _Found:
    return act, how, doubtful


def _unmute(clause: _Clause) -> _Found | None:
    taken_back = clause.has(Kind.UNMUTE) or (clause.has(Kind.MUTE) and clause.says_any((Verb.LIFT, Verb.RETURN)))
    kept_in = clause.has(Kind.MUTE) and clause.denied and clause.says_any((Verb.GIVE, Verb.DO), *_WANTED)
    back = clause.has(Kind.BACK) and clause.says_any((Verb.BRING, Verb.GIVE, Verb.WANT, Verb.TAKE))
    return _act(Act.UNMUTE) if taken_back or kept_in or (back and not clause.denied) else None


def _unfollow(clause: _Clause) -> _Found | None:
    off_list = clause.has(Kind.FROM_LIST) and (
        clause.has(Kind.MUTE, Kind.OFF) or clause.says_any((Verb.REMOVE, Verb.LIFT, Verb.ERASE, Verb.LEAVE))
    )
    if clause.has(Kind.UNFOLLOW) or off_list:
        return _act(Act.UNFOLLOW)
    if not clause.has(Kind.FOLLOW):
        return None
    if clause.has(Kind.OFF, Kind.MUTE) or clause.says_any((Verb.LIFT, Verb.LEAVE, Verb.REMOVE)):
        return _act(Act.UNFOLLOW)
    if clause.denied:
        return _act(Act.EITHER if clause.begs and not clause.has(Kind.ANY_MORE) else Act.UNFOLLOW)
    return None


def _follow(clause: _Clause) -> _Found | None:
    if clause.has(Kind.FOLLOW):
        return _act(Act.FOLLOW, _how(clause))
    into_list = clause.has(Kind.INTO_LIST) and clause.last >= 0 and not clause.denied
    return _act(Act.FOLLOW, _how(clause)) if into_list else None


def _how(clause: _Clause) -> EndManner | None:
    if clause.has(Kind.AT_ONCE):
        return EndManner.AT_ONCE
    return EndManner.TOGETHER if clause.has(Kind.TOGETHER) else None


def _mute(clause: _Clause) -> _Found | None:
    if clause.has(Kind.MUTE):
        bare = clause.last < 0 and not any(word.key in ("মিউট", "mute", "block", "ব্লক") for word in clause.words)
        done = clause.says_any(
            (Verb.GIVE, Verb.DO, Verb.KEEP), *_WANTED, VerbForm.I_DID, VerbForm.I_WILL, VerbForm.TO, VerbForm.DONE
        )
        return _act(Act.MUTE, doubtful=bare) if bare or done or not clause.has(Kind.NOT) else None
    return _act(Act.MUTE) if clause.says(Verb.HIDE) or clause.says(Verb.REMOVE, *_WANTED, VerbForm.DONE) else None


def _pause(clause: _Clause) -> _Found | None:
    if clause.has(Kind.BREAK) and clause.has(Kind.OVER):
        return _act(Act.SWITCH_ON)
    if clause.has(Kind.BREAK):
        return _act(Act.PAUSE) if clause.last < 0 or not clause.denied else None
    still = (
        clause.has(Kind.STILL)
        and not clause.denied
        and (clause.last < 0 or clause.says_any((Verb.STAY, Verb.KEEP, Verb.DO)))
    )
    left_alone = clause.denied and (clause.has(Kind.TROUBLE) or clause.says(Verb.BOTHER))
    later = clause.has(Kind.AWHILE) and (
        clause.has(Kind.OFF) or clause.says_any((Verb.STAY, Verb.HALT, Verb.KEEP)) or clause.denied
    )
    halt = clause.says(Verb.HALT, *_WANTED) or (clause.says(Verb.STAY, *_WANTED) and clause.only_stays)
    kept_off = clause.has(Kind.OFF) and clause.says_any((Verb.KEEP, Verb.STAY))
    if left_alone and clause.has(Kind.ANY_MORE):
        return _act(Act.SWITCH_OFF)
    return _act(Act.PAUSE) if still or left_alone or later or halt or kept_off else None


def _forbid(clause: _Clause) -> _Found | None:
    """Find what is not wanted.

    চাই না, দিয়েন না, পাঠাতে হবে না, দরকার নেই, আর না.
    """
    if not clause.denied:
        return None
    unwanted = clause.has(Kind.NEEDED, Kind.GOOD) or clause.says_any(_WISHING)
    unsent = clause.says_any(_SENDING, VerbForm.LATER) or clause.says_any((*_SENDING, Verb.DO), VerbForm.TO)
    unmade = clause.news and clause.says(Verb.DO, VerbForm.LATER)
    unseen = clause.says(Verb.LOOK, VerbForm.I_WILL, VerbForm.TO, VerbForm.I_DO) or clause.says(
        Verb.TAKE, VerbForm.I_WILL
    )
    no_more = clause.has(Kind.ANY_MORE) and (clause.last < 0 or clause.says_any(_SENDING, VerbForm.ORDER))
    if unwanted or (unsent and not clause.begs_plainly) or unmade or unseen or no_more:
        return _act(Act.MUTE)
    return _act(Act.DENY) if clause.last < 0 else None


def _switch(clause: _Clause) -> _Found | None:
    """Find «বন্ধ করুন» and «চালু করুন».

    They need news, or what brings it, somewhere in the sentence.
    """
    if clause.denied:
        return None
    done = clause.last < 0 or clause.says_any(
        (Verb.DO, Verb.GIVE, Verb.KEEP, Verb.STAY), *_WANTED, VerbForm.TO, VerbForm.DONE, VerbForm.I_WILL
    )
    if clause.has(Kind.OFF) and done:
        return _act(Act.SWITCH_OFF)
    return _act(Act.SWITCH_ON) if clause.has(Kind.ON) and done else None


def _again(clause: _Clause) -> _Found | None:
    wanted = clause.says_any((*_SENDING, *_WISHING), *_WANTED, VerbForm.I_DO)
    return _act(Act.UNMUTE) if clause.has(Kind.AGAIN) and wanted and not clause.denied else None


def _from_now_on(clause: _Clause) -> _Found | None:
    """Find what shall come from now on: এলেই পাঠান, রোজ দিন.

    Also খবর দিয়েন, দিতে থাকুন, খবর পেতে চাই.
    """
    if clause.denied:
        return None
    wanted = clause.says_any(
        (*_SENDING, *_WISHING, Verb.GET, Verb.KEEP, Verb.DO), *_WANTED, VerbForm.I_DO, VerbForm.DONE
    )
    if wanted and clause.has(Kind.AT_ONCE, Kind.ALERT):
        return _act(Act.FOLLOW, EndManner.AT_ONCE)
    if wanted and clause.has(Kind.TOGETHER, Kind.REGULAR):
        return _act(Act.FOLLOW, _how(clause))
    goes_on = clause.says_any(_BRINGING, VerbForm.TO, VerbForm.DONE) and clause.says(Verb.STAY, *_WANTED)
    gets = clause.says_any((Verb.GET, Verb.KEEP), VerbForm.TO)
    if goes_on or (gets and clause.news and clause.says(Verb.WANT)):
        return _act(Act.FOLLOW)
    if clause.updates and clause.says(Verb.WANT, VerbForm.I_DO):
        return _act(Act.FOLLOW)
    later = clause.says_any(_BRINGING, VerbForm.LATER) and not clause.begs and not clause.says(Verb.GET, VerbForm.TO)
    return _act(Act.FOLLOW, doubtful=not clause.news) if later else None


def _change(clause: _Clause) -> _Found | None:
    changed = clause.has(Kind.CHANGE) or clause.says_any(
        _CHANGING, *_WANTED, VerbForm.I_WILL, VerbForm.TO, VerbForm.DONE
    )
    return _act(Act.CHANGE) if changed and not clause.denied else None


def _show(clause: _Clause) -> _Found | None:
    if clause.says(Verb.GET, VerbForm.TO) and not clause.news:
        return None
    shown = clause.says_any((*_SENDING, Verb.SEEK), *_WANTED) or clause.says(
        Verb.LOOK, VerbForm.I_DO, VerbForm.ORDER, VerbForm.I_WILL
    )
    wanted = clause.says_any((Verb.WANT, Verb.NEED)) and not clause.denied
    doubtful = any(word.key == "পাঠান" for word in clause.words) and not clause.news
    return _act(Act.SHOW, doubtful=doubtful) if shown or wanted else None


_RULES: Final[tuple[Callable[[_Clause], _Found | None], ...]] = (
    *(_unmute, _unfollow, _follow, _mute, _pause, _forbid, _again, _switch, _from_now_on, _change, _show),
)
