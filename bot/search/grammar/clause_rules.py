"""Says what a clause wants, by the first rule that knows.

The rules stand in `_RULES`, in their order; docs/reading.md explains them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.search.grammar.acts import Act, EndManner
from bot.search.grammar.clause import WANTED
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.verbs import Verb, VerbForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.search.grammar.clause import Clause

ClauseWish = tuple[Act, EndManner | None, bool]
"""What is wanted, when it shall come, whether the clause may also be a name."""
_BRINGING: Final = (Verb.SEND, Verb.GIVE, Verb.TELL)
_SENDING: Final = (Verb.SEND, Verb.GIVE, Verb.TELL, Verb.SHOW)
_CHANGING: Final = (
    *(Verb.CHANGE, Verb.LESS, Verb.MORE, Verb.HOLD, Verb.WRITE, Verb.ERASE, Verb.OPEN, Verb.DO, Verb.KEEP, Verb.GO),
)
_WISHING: Final = (Verb.WANT, Verb.NEED, Verb.PLEASE)


def decide(clause: Clause) -> ClauseWish | None:
    """Return what a clause wants, or None."""
    for rule in _RULES:
        if (found := rule(clause)) is not None:
            return found
    return None


def _act(act: Act, how: EndManner | None = None, *, doubtful: bool = False) -> ClauseWish:
    return act, how, doubtful


def _unmute(clause: Clause) -> ClauseWish | None:
    taken_back = clause.has(Kind.UNMUTE) or (clause.has(Kind.MUTE) and clause.says_any((Verb.LIFT, Verb.RETURN)))
    kept_in = clause.has(Kind.MUTE) and clause.denied and clause.says_any((Verb.GIVE, Verb.DO), *WANTED)
    back = clause.has(Kind.BACK) and clause.says_any((Verb.BRING, Verb.GIVE, Verb.WANT, Verb.TAKE))
    return _act(Act.UNMUTE) if taken_back or kept_in or (back and not clause.denied) else None


def _unfollow(clause: Clause) -> ClauseWish | None:
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


def _follow(clause: Clause) -> ClauseWish | None:
    if clause.has(Kind.FOLLOW):
        return _act(Act.FOLLOW, _how(clause))
    into_list = clause.has(Kind.INTO_LIST) and clause.last >= 0 and not clause.denied
    return _act(Act.FOLLOW, _how(clause)) if into_list else None


def _how(clause: Clause) -> EndManner | None:
    if clause.has(Kind.AT_ONCE):
        return EndManner.AT_ONCE
    return EndManner.TOGETHER if clause.has(Kind.TOGETHER) else None


def _mute(clause: Clause) -> ClauseWish | None:
    if clause.has(Kind.MUTE):
        bare = clause.last < 0 and not any(word.key in ("মিউট", "mute", "block", "ব্লক") for word in clause.words)
        done = clause.says_any(
            (Verb.GIVE, Verb.DO, Verb.KEEP), *WANTED, VerbForm.I_DID, VerbForm.I_WILL, VerbForm.TO, VerbForm.DONE
        )
        return _act(Act.MUTE, doubtful=bare) if bare or done or not clause.has(Kind.NOT) else None
    return _act(Act.MUTE) if clause.says(Verb.HIDE) or clause.says(Verb.REMOVE, *WANTED, VerbForm.DONE) else None


def _pause(clause: Clause) -> ClauseWish | None:
    if clause.has(Kind.BREAK) and (clause.has(Kind.OVER) or (clause.has(Kind.OFF) and clause.says_any((Verb.DO,)))):
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
    halt = clause.says(Verb.HALT, *WANTED) or (clause.says(Verb.STAY, *WANTED) and clause.only_stays)
    kept_off = clause.has(Kind.OFF) and clause.says_any((Verb.KEEP, Verb.STAY))
    if left_alone and clause.has(Kind.ANY_MORE):
        return _act(Act.SWITCH_OFF)
    return _act(Act.PAUSE) if still or left_alone or later or halt or kept_off else None


def _forbid(clause: Clause) -> ClauseWish | None:
    """Find what is not wanted.

    Forms are চাই না, দিয়েন না, পাঠাতে হবে না, দরকার নেই, আর না.
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


def _switch(clause: Clause) -> ClauseWish | None:
    """Find «বন্ধ করুন» and «চালু করুন».

    They need news, or what brings it, somewhere in the sentence.
    """
    if clause.denied:
        return None
    done = clause.last < 0 or clause.says_any(
        (Verb.DO, Verb.GIVE, Verb.KEEP, Verb.STAY), *WANTED, VerbForm.TO, VerbForm.DONE, VerbForm.I_WILL
    )
    if clause.has(Kind.OFF) and done:
        return _act(Act.SWITCH_OFF)
    return _act(Act.SWITCH_ON) if clause.has(Kind.ON) and done else None


def _again(clause: Clause) -> ClauseWish | None:
    wanted = clause.says_any((*_SENDING, *_WISHING), *WANTED, VerbForm.I_DO)
    return _act(Act.UNMUTE) if clause.has(Kind.AGAIN) and wanted and not clause.denied else None


def _from_now_on(clause: Clause) -> ClauseWish | None:
    """Find what shall come from now on: এলেই পাঠান, রোজ দিন.

    Other forms are খবর দিয়েন, দিতে থাকুন, খবর পেতে চাই.
    """
    if clause.denied:
        return None
    wanted = clause.says_any(
        (*_SENDING, *_WISHING, Verb.GET, Verb.KEEP, Verb.DO), *WANTED, VerbForm.I_DO, VerbForm.DONE
    )
    if wanted and clause.has(Kind.AT_ONCE, Kind.ALERT):
        return _act(Act.FOLLOW, EndManner.AT_ONCE)
    if wanted and clause.has(Kind.TOGETHER, Kind.REGULAR):
        return _act(Act.FOLLOW, _how(clause))
    goes_on = clause.says_any(_BRINGING, VerbForm.TO, VerbForm.DONE) and clause.says(Verb.STAY, *WANTED)
    gets = clause.says_any((Verb.GET, Verb.KEEP), VerbForm.TO)
    if goes_on or (gets and clause.news and clause.says(Verb.WANT)):
        return _act(Act.FOLLOW)
    if clause.updates and clause.says(Verb.WANT, VerbForm.I_DO):
        return _act(Act.FOLLOW)
    later = clause.says_any(_BRINGING, VerbForm.LATER) and not clause.begs and not clause.says(Verb.GET, VerbForm.TO)
    return _act(Act.FOLLOW, doubtful=not clause.news) if later else None


def _change(clause: Clause) -> ClauseWish | None:
    changed = clause.has(Kind.CHANGE) or clause.says_any(
        _CHANGING, *WANTED, VerbForm.I_WILL, VerbForm.TO, VerbForm.DONE
    )
    return _act(Act.CHANGE) if changed and not clause.denied else None


def _show(clause: Clause) -> ClauseWish | None:
    if clause.says(Verb.GET, VerbForm.TO) and not clause.news:
        return None
    shown = clause.says_any((*_SENDING, Verb.SEEK), *WANTED) or clause.says(
        Verb.LOOK, VerbForm.I_DO, VerbForm.ORDER, VerbForm.I_WILL
    )
    wanted = clause.says_any((Verb.WANT, Verb.NEED)) and not clause.denied
    doubtful = any(word.key == "পাঠান" for word in clause.words) and not clause.news
    return _act(Act.SHOW, doubtful=doubtful) if shown or wanted else None


_RULES: Final[tuple[Callable[[Clause], ClauseWish | None], ...]] = (
    *(_unmute, _unfollow, _follow, _mute, _pause, _forbid, _again, _switch, _from_now_on, _change, _show),
)
