"""Counts the steps that a regular expression takes on a text.

It walks the expression as the standard library's engine does.
"""

from __future__ import annotations

import re
from functools import cache, partial
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NONE = -1


class TooManyError(Exception):
    """More steps were taken than are allowed."""


class Walker:
    """One pattern on one text; ``steps`` grows with everything that is tried."""

    def __init__(self, pattern: re.Pattern[str], text: str, most: int) -> None:
        """Take a pattern to count, up to ``most`` steps."""
        self.steps = 0
        self._text, self._most = text, most
        self._flags = pattern.flags
        self._tree, self._known = _parsed(pattern.pattern, pattern.flags)
        self._groups: dict[int, tuple[int, int]] = {}

    def scan(self) -> None:
        """Look for every match from left to right, as sub.

        Split and finditer do.
        """
        at = 0
        while at <= len(self._text):
            end = self._match(self._tree, 0, at, lambda end: end)
            at = max(end, at + 1)

    def match(self) -> None:
        """Look for a match at the beginning."""
        self._match(self._tree, 0, 0, lambda end: end)

    def _count(self, by: int = 1) -> None:
        self.steps += by
        if self.steps > self._most:
            raise TooManyError

    def _match(self, tree: Sequence[Any], place: int, at: int, then: Callable[[int], int]) -> int:
        """Return where the rest of a tree, and what follows, ends.

        It begins at ``at``; -1 means nowhere.
        """
        while place < len(tree):
            code, value = tree[place]
            self._count()
            if code in _SINGLE:
                if at >= len(self._text) or not self._is(tree[place], self._text[at]):
                    return NONE
                at, place = at + 1, place + 1
                continue
            if code is codes.AT:
                if not self._stands(value, at):
                    return NONE
                place += 1
                continue
            return self._branch(code, value, at, partial(self._rest, tree, place + 1, then))
        return then(at)

    def _rest(self, tree: Sequence[Any], place: int, then: Callable[[int], int], at: int) -> int:
        return self._match(tree, place, at, then)

    def _branch(self, code: Any, value: Any, at: int, then: Callable[[int], int]) -> int:  # noqa: PLR0911, ANN401
        if code is codes.SUBPATTERN:
            number, _, _, inner = value

            def close(end: int) -> int:
                if number is not None:
                    self._groups[number] = (at, end)
                return then(end)

            return self._match(inner.data, 0, at, close)
        if code is codes.BRANCH:
            return self._either(value[1], at, then)
        if code in (codes.ASSERT, codes.ASSERT_NOT):
            way, inner = value
            start = at if way > 0 else at - inner.getwidth()[0]
            holds = start >= 0 and self._match(inner.data, 0, start, lambda end: end) != NONE
            return then(at) if holds is (code is codes.ASSERT) else NONE
        if code is codes.ATOMIC_GROUP:
            end = self._match(value.data, 0, at, lambda end: end)
            return NONE if end == NONE else then(end)
        if code is codes.GROUPREF:
            low, high = self._groups.get(value, (0, 0))
            end = at + high - low
            self._count(high - low)
            return then(end) if self._text[low:high] == self._text[at:end] else NONE
        if code is codes.GROUPREF_EXISTS:
            number, yes, no = value
            chosen = yes if number in self._groups else no
            return self._match(chosen.data if chosen else (), 0, at, then)
        return self._repeat(code, value, at, then)

    def _either(self, ways: Sequence[Any], at: int, then: Callable[[int], int]) -> int:
        for way in ways:
            tree = way.data
            if not tree or tree[0][0] not in _SINGLE:
                end = self._match(tree, 0, at, then)
            else:  # most begin with another sign
                self._count()
                fits = at < len(self._text) and self._is(tree[0], self._text[at])
                end = self._match(tree, 1, at + 1, then) if fits else NONE
            if end != NONE:
                return end
        return NONE

    def _repeat(self, code: Any, value: Any, at: int, then: Callable[[int], int]) -> int:  # noqa: ANN401
        least, most, inner = value
        body = inner.data
        if len(body) == 1 and body[0][0] in _SINGLE:
            return self._run(code, body[0], (least, int(most)), at, then)

        def more(end: int, times: int) -> int:
            self._count()
            again = lambda after: NONE if after == end and times >= least else more(after, times + 1)  # noqa: E731
            if code is codes.MIN_REPEAT and times >= least and (done := then(end)) != NONE:
                return done
            if times < int(most) and (done := self._match(body, 0, end, again)) != NONE:
                return done
            return then(end) if code is not codes.MIN_REPEAT and times >= least else NONE

        if code is codes.POSSESSIVE_REPEAT:
            end, times = at, 0
            while times < int(most) and (after := self._match(body, 0, end, lambda end: end)) not in (NONE, end):
                end, times = after, times + 1
            return then(end) if times >= least else NONE
        return more(at, 0)

    def _run(self, code: Any, one: Any, size: tuple[int, int], at: int, then: Callable[[int], int]) -> int:  # noqa: ANN401
        least, most = size
        top = min(len(self._text), at + most)
        if code is codes.MIN_REPEAT:
            end = at
            while True:
                self._count()
                if end - at >= least and (done := then(end)) != NONE:
                    return done
                if end >= top or not self._is(one, self._text[end]):
                    return NONE
                end += 1
        end = at
        while end < top and self._is(one, self._text[end]):
            self._count()
            end += 1
        if code is codes.POSSESSIVE_REPEAT:
            return then(end) if end - at >= least else NONE
        for place in range(end, at + least - 1, -1):
            self._count()
            if (done := then(place)) != NONE:
                return done
        return NONE

    def _is(self, one: Any, sign: str) -> bool:  # noqa: ANN401
        known = self._known.get((id(one), sign))
        if known is None:
            known = self._known[id(one), sign] = self._fits(one, sign)
        return known

    def _fits(self, one: Any, sign: str) -> bool:  # noqa: ANN401
        code, value = one
        alike = {sign, sign.lower(), sign.upper()} if self._flags & re.IGNORECASE else {sign}
        if code is codes.LITERAL:
            return chr(value) in alike
        if code is codes.NOT_LITERAL:
            return chr(value) not in alike
        if code is codes.ANY:
            return sign != "\n" or bool(self._flags & re.DOTALL)
        return _in(value, alike)

    def _stands(self, where: Any, at: int) -> bool:  # noqa: ANN401
        before, after = self._text[at - 1 : at] if at else "", self._text[at : at + 1]
        lines = bool(self._flags & re.MULTILINE)
        edge = _is_word(before) != _is_word(after)
        return {
            codes.AT_BEGINNING: not at or (lines and before == "\n"),
            codes.AT_BEGINNING_STRING: not at,
            codes.AT_END: not after or (after == "\n" and (lines or at + 1 == len(self._text))),
            codes.AT_END_STRING: not after,
            codes.AT_BOUNDARY: edge,
            codes.AT_NON_BOUNDARY: not edge,
        }[where]


@cache
def _parsed(pattern: str, flags: int) -> tuple[Sequence[Any], dict[tuple[int, str], bool]]:
    """Parse a pattern once; what its parts fit is remembered beside it."""
    return parser.parse(pattern, flags).data, {}


_SINGLE = (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN)
_KINDS = {
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_DIGIT: str.isdecimal,
    codes.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
}
_OTHERS = {
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}


def _is_word(sign: str) -> bool:
    return bool(sign) and (sign.isalnum() or sign == "_")


def _in(items: Sequence[Any], alike: set[str]) -> bool:
    negated = bool(items) and items[0][0] is codes.NEGATE
    return any(_holds(item, sign) for item in items for sign in alike) is not negated


def _holds(item: Any, sign: str) -> bool:  # noqa: ANN401
    code, value = item
    if code is codes.LITERAL:
        return ord(sign) == value if len(sign) == 1 else False
    if code is codes.RANGE:
        return len(sign) == 1 and value[0] <= ord(sign) <= value[1]
    if code is codes.CATEGORY:
        kinds: dict[Any, Callable[[str], bool]] = _KINDS
        return not kinds[_OTHERS[value]](sign) if value in _OTHERS else kinds[value](sign)
    return False
