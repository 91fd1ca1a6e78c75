"""A large file of articles is cut into pieces of whole lines."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.running.cli.pieces import pieces
from bot.sources.kind import SourceContext
from bot.sources.kinds import articles

CONTEXT = SourceContext(None, None, None, datetime(2026, 11, 28, 12, tzinfo=UTC))
ARTICLE = st.builds(
    lambda title, body: json.dumps({"title": f"খবর {title}", "body": f"খবর {body}"}, ensure_ascii=False),
    st.text(max_size=9),
    st.text(max_size=40),
)
LINE = ARTICLE | st.sampled_from(["", "no article", '{"title": "খবর"}', "{"])


@given(ARTICLE, st.lists(LINE, max_size=12), st.integers(1, 400))
def test_nothing_is_lost_and_every_piece_is_known_for_what_it_is(first: str, lines: list[str], size: int) -> None:
    body = "\n".join([first, *lines]).encode()
    cut = list(pieces(body, CONTEXT, size))
    assert b"".join(cut) == body
    assert all(articles.looks_like(piece, CONTEXT) for piece in cut)
    whole, parts = articles.parse(body, CONTEXT), [articles.parse(piece, CONTEXT) for piece in cut]
    assert whole.entries == tuple(entry for part in parts for entry in part.entries)
    assert whole.skipped == sum(part.skipped for part in parts)


def test_a_piece_ends_with_the_first_line_behind_its_size() -> None:
    line = json.dumps({"title": "খবর", "body": "খবর"}, ensure_ascii=False).encode() + b"\n"
    assert [len(piece) for piece in pieces(line * 5, CONTEXT, 2 * len(line) - 1)] == [2 * len(line)] * 2 + [len(line)]


@pytest.mark.parametrize(
    "body", [b"<html>" + b"\n" * 99, b"", '{"title": "খবর", "body": "খবর"}\n'.encode("utf-16") * 9]
)
def test_anything_else_stays_whole(body: bytes) -> None:
    assert list(pieces(body, CONTEXT, 9)) == [body]
