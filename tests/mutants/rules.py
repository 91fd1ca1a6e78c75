"""The faults.

Python's by cosmic-ray's operators, SQL's by a small list of rewritings of what stands in strings.
"""

from __future__ import annotations

import io
import re
import tokenize
from typing import TYPE_CHECKING, NamedTuple

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

if TYPE_CHECKING:
    from collections.abc import Iterator

OPERATORS = tuple(
    f"core/{name}"
    for name in (
        "AddNot",
        "NumberReplacer",
        "ReplaceAndWithOr",
        "ReplaceBinaryOperator_Add_Sub",
        "ReplaceBinaryOperator_Div_Mul",
        "ReplaceBinaryOperator_FloorDiv_Mul",
        "ReplaceBinaryOperator_Mul_Div",
        "ReplaceBinaryOperator_Sub_Add",
        "ReplaceComparisonOperator_Eq_NotEq",
        "ReplaceComparisonOperator_Gt_GtE",
        "ReplaceComparisonOperator_Gt_Lt",
        "ReplaceComparisonOperator_GtE_Gt",
        "ReplaceComparisonOperator_IsNot_Is",
        "ReplaceComparisonOperator_Is_IsNot",
        "ReplaceComparisonOperator_Lt_Gt",
        "ReplaceComparisonOperator_Lt_LtE",
        "ReplaceComparisonOperator_LtE_Lt",
        "ReplaceComparisonOperator_NotEq_Eq",
        "ReplaceFalseWithTrue",
        "ReplaceOrWithAnd",
        "ReplaceTrueWithFalse",
        "ReplaceUnaryOperator_Delete_Not",
        "ZeroIterationForLoop",
    )
)
"""Not those that only bring out a TypeError (`<` of two enums), nor `==` for `is`: of an enum that is the same."""
SQL = (
    (r"coalesce\(([\w.]+), ([^()]+)\)", r"coalesce(\2, \1)"),
    (r"coalesce\(([\w.]+), ([^()]+)\)", r"\2"),
    (r"coalesce\(([\w.]+), ([^()]+)\)", r"\1"),
    (r"\bmax\(", "min("),
    (r"\bmin\(", "max("),
    (r"\biif\(", "iif(NOT "),
    (r" AND ", " OR "),
    (r" OR ", " AND "),
    (r" IS NULL", " IS NOT NULL"),
    (r" IS NOT NULL", " IS NULL"),
    (r"\bNOT EXISTS", "EXISTS"),
    (r"\bNOT IN\b", "IN"),
    (r" < ", " >= "),
    (r" > ", " <= "),
    (r" \+ ", " - "),
    (r" - ", " + "),
    (r"(?<=WHERE )([\w.]+) = ", r"\1 <> "),
    (r"(?<=AND )([\w.]+) = ", r"\1 <> "),
    (r"(?<=WHEN )([\w.]+) = ", r"\1 <> "),
    (r" <> ", " = "),
    (r"\b(tries|shown) = 0", r"\1 = \1"),
    (r"\b(owner|reason) = NULL", r"\1 = \1"),
)
"""A rewriting is made at each place where it fits."""
_IS_SQL = re.compile(r"\b(SELECT|UPDATE|INSERT|DELETE|WHERE|AND|CASE|CAST|coalesce|iif)\b|_id = ")

_IS_NONE = re.compile(r"if TYPE_CHECKING|\*,|\*\(|\(\*")
"""Lines in which Python's operators are none: what is imported for types, a bare star, arguments that are unpacked."""


class Mutant(NamedTuple):
    """A file with one fault in it."""

    rule: str
    place: int
    line: int
    before: str
    after: str
    source: str

    @property
    def name(self) -> str:
        """What it is listed by.

        The line as it was and as it became; where it stands may change.
        """
        return f"{self.before.strip()} -> {self.after.strip()}"


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every file with one fault made by the rules."""
    for name in OPERATORS:
        yield from _each(source, name)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.STRING and _IS_SQL.search(token.string) and not token.line.lstrip().startswith('"""'):
            yield from _sql(source, token)


def _each(source: str, name: str) -> Iterator[Mutant]:
    place = 0
    while (mutated := mutate_code(source, get_operator(name)(), place)) is not None:
        mutant = _mutant(source, mutated, name.removeprefix("core/"), place)
        if not _IS_NONE.search(mutant.before):
            yield mutant
        place += 1


def _sql(source: str, token: tokenize.TokenInfo) -> Iterator[Mutant]:
    lines = source.splitlines(keepends=True)
    start = sum(map(len, lines[: token.start[0] - 1])) + token.start[1]
    end = start + len(token.string)
    for pattern, replacement in SQL:
        for place, found in enumerate(re.finditer(pattern, token.string)):
            changed = token.string[: found.start()] + found.expand(replacement) + token.string[found.end() :]
            yield _mutant(source, source[:start] + changed + source[end:], f"SQL {pattern}", place)


def _mutant(source: str, mutated: str, rule: str, place: int) -> Mutant:
    pairs = zip(source.splitlines(), mutated.splitlines(), strict=False)
    line, before, after = next((at, old, new) for at, (old, new) in enumerate(pairs, 1) if old != new)
    return Mutant(rule, place, line, before, after, mutated)
