"""Says what a clause wants, by the first rule that knows.

The rules stand in `_RULES`, in their order; docs/reading.md explains them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.search.grammar import sending_rules
from bot.search.grammar.acts import Act
from bot.search.grammar.clause import WANTED
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.sending_rules import manner, wish
from bot.search.grammar.verbs import Verb, VerbForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.search.grammar.clause import Clause
    from bot.search.grammar.sending_rules import ClauseWish


def decide(clause: Clause) -> ClauseWish | None:
    """Return what a clause wants, or None."""
    for rule in _RULES:
        if (found := rule(clause)) is not None:
            return found
    return None


def _unmute(clause: Clause) -> ClauseWish | None:
    taken_back = clause.has(Kind.UNMUTE) or (clause.has(Kind.MUTE) and clause.says_any((Verb.LIFT, Verb.RETURN)))
    kept_in = clause.has(Kind.MUTE) and clause.denied and clause.says_any((Verb.GIVE, Verb.DO), *WANTED)
    back = clause.has(Kind.BACK) and clause.says_any((Verb.BRING, Verb.GIVE, Verb.WANT, Verb.TAKE))
    return wish(Act.UNMUTE) if taken_back or kept_in or (back and not clause.denied) else None


def _unfollow(clause: Clause) -> ClauseWish | None:
    off_list = clause.has(Kind.FROM_LIST) and (
        clause.has(Kind.MUTE, Kind.OFF) or clause.says_any((Verb.REMOVE, Verb.LIFT, Verb.ERASE, Verb.LEAVE))
    )
    if clause.has(Kind.UNFOLLOW) or off_list:
        return wish(Act.UNFOLLOW)
    if not clause.has(Kind.FOLLOW):
        return None
    if clause.has(Kind.OFF, Kind.MUTE) or clause.says_any((Verb.LIFT, Verb.LEAVE, Verb.REMOVE)):
        return wish(Act.UNFOLLOW)
    if clause.denied:
        return wish(Act.EITHER if clause.begs and not clause.has(Kind.ANY_MORE) else Act.UNFOLLOW)
    return None


def _follow(clause: Clause) -> ClauseWish | None:
    if clause.has(Kind.FOLLOW):
        return wish(Act.FOLLOW, manner(clause))
    into_list = clause.has(Kind.INTO_LIST) and clause.last >= 0 and not clause.denied
    return wish(Act.FOLLOW, manner(clause)) if into_list else None


def _mute(clause: Clause) -> ClauseWish | None:
    if clause.has(Kind.MUTE):
        bare = clause.last < 0 and not any(word.key in ("মিউট", "mute", "block", "ব্লক") for word in clause.words)
        done = clause.says_any(
            (Verb.GIVE, Verb.DO, Verb.KEEP), *WANTED, VerbForm.I_DID, VerbForm.I_WILL, VerbForm.TO, VerbForm.DONE
        )
        return wish(Act.MUTE, doubtful=bare) if bare or done or not clause.has(Kind.NOT) else None
    return wish(Act.MUTE) if clause.says(Verb.HIDE) or clause.says(Verb.REMOVE, *WANTED, VerbForm.DONE) else None


_RULES: Final[tuple[Callable[[Clause], ClauseWish | None], ...]] = (
    *(_unmute, _unfollow, _follow, _mute, sending_rules.pause, sending_rules.forbid, sending_rules.again),
    *(sending_rules.switch, sending_rules.from_now_on, sending_rules.change, sending_rules.show),
)
