"""Says what a clause wants of what comes, or no longer shall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.search.grammar.acts import Act, EndManner
from bot.search.grammar.clause import WANTED
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.verbs import Verb, VerbForm

if TYPE_CHECKING:
    from bot.search.grammar.clause import Clause

ClauseWish = tuple[Act, EndManner | None, bool]
"""What is wanted, when it shall come, whether the clause may also be a name."""
_BRINGING: Final = (Verb.SEND, Verb.GIVE, Verb.TELL)
_SENDING: Final = (Verb.SEND, Verb.GIVE, Verb.TELL, Verb.SHOW)
_CHANGING: Final = (
    *(Verb.CHANGE, Verb.LESS, Verb.MORE, Verb.HOLD, Verb.WRITE, Verb.ERASE, Verb.OPEN, Verb.DO, Verb.KEEP, Verb.GO),
)
_WISHING: Final = (Verb.WANT, Verb.NEED, Verb.PLEASE)


def wish(act: Act, how: EndManner | None = None, *, doubtful: bool = False) -> ClauseWish:
    """Say what a clause wants."""
    return act, how, doubtful


def manner(clause: Clause) -> EndManner | None:
    """Return how it says that something shall come."""
    if clause.has(Kind.AT_ONCE):
        return EndManner.AT_ONCE
    return EndManner.TOGETHER if clause.has(Kind.TOGETHER) else None


def pause(clause: Clause) -> ClauseWish | None:
    """Find a break: for a while, or until somebody says otherwise."""
    if clause.has(Kind.BREAK) and (clause.has(Kind.OVER) or (clause.has(Kind.OFF) and clause.says_any((Verb.DO,)))):
        return wish(Act.SWITCH_ON)
    if clause.has(Kind.BREAK):
        return wish(Act.PAUSE) if clause.last < 0 or not clause.denied else None
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
        return wish(Act.SWITCH_OFF)
    return wish(Act.PAUSE) if still or left_alone or later or halt or kept_off else None


def forbid(clause: Clause) -> ClauseWish | None:
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
        return wish(Act.MUTE)
    return wish(Act.DENY) if clause.last < 0 else None


def switch(clause: Clause) -> ClauseWish | None:
    """Find «বন্ধ করুন» and «চালু করুন».

    They need news, or what brings it, somewhere in the sentence.
    """
    if clause.denied:
        return None
    done = clause.last < 0 or clause.says_any(
        (Verb.DO, Verb.GIVE, Verb.KEEP, Verb.STAY), *WANTED, VerbForm.TO, VerbForm.DONE, VerbForm.I_WILL
    )
    if clause.has(Kind.OFF) and done:
        return wish(Act.SWITCH_OFF)
    return wish(Act.SWITCH_ON) if clause.has(Kind.ON) and done else None


def again(clause: Clause) -> ClauseWish | None:
    """Find what shall come again."""
    wanted = clause.says_any((*_SENDING, *_WISHING), *WANTED, VerbForm.I_DO)
    return wish(Act.UNMUTE) if clause.has(Kind.AGAIN) and wanted and not clause.denied else None


def from_now_on(clause: Clause) -> ClauseWish | None:
    """Find what shall come from now on: এলেই পাঠান, রোজ দিন.

    Other forms are খবর দিয়েন, দিতে থাকুন, খবর পেতে চাই.
    """
    if clause.denied:
        return None
    wanted = clause.says_any(
        (*_SENDING, *_WISHING, Verb.GET, Verb.KEEP, Verb.DO), *WANTED, VerbForm.I_DO, VerbForm.DONE
    )
    if wanted and clause.has(Kind.AT_ONCE, Kind.ALERT):
        return wish(Act.FOLLOW, EndManner.AT_ONCE)
    if wanted and clause.has(Kind.TOGETHER, Kind.REGULAR):
        return wish(Act.FOLLOW, manner(clause))
    goes_on = clause.says_any(_BRINGING, VerbForm.TO, VerbForm.DONE) and clause.says(Verb.STAY, *WANTED)
    gets = clause.says_any((Verb.GET, Verb.KEEP), VerbForm.TO)
    updates = clause.updates and clause.says(Verb.WANT, VerbForm.I_DO)
    if goes_on or updates or (gets and clause.news and clause.says(Verb.WANT)):
        return wish(Act.FOLLOW)
    later = clause.says_any(_BRINGING, VerbForm.LATER) and not clause.begs and not clause.says(Verb.GET, VerbForm.TO)
    if later and any(word.has_form(VerbForm.IF) for word in clause.words):
        # «দুর্ঘটনা হলে জানাবেন»
        return wish(Act.FOLLOW, EndManner.AT_ONCE)
    return wish(Act.FOLLOW, doubtful=not clause.news) if later else None


def change(clause: Clause) -> ClauseWish | None:
    """Find that a setting is to be changed."""
    changed = clause.has(Kind.CHANGE) or clause.says_any(
        _CHANGING, *WANTED, VerbForm.I_WILL, VerbForm.TO, VerbForm.DONE
    )
    return wish(Act.CHANGE) if changed and not clause.denied else None


def show(clause: Clause) -> ClauseWish | None:
    """Find that something is to be shown now."""
    if clause.says(Verb.GET, VerbForm.TO) and not clause.news:
        return None
    shown = clause.says_any((*_SENDING, Verb.SEEK), *WANTED) or clause.says(
        Verb.LOOK, VerbForm.I_DO, VerbForm.ORDER, VerbForm.I_WILL
    )
    wanted = clause.says_any((Verb.WANT, Verb.NEED)) and not clause.denied
    doubtful = any(word.key == "পাঠান" for word in clause.words) and not clause.news
    return wish(Act.SHOW, doubtful=doubtful) if shown or wanted else None
