"""A term as columns."""

from __future__ import annotations

from bot.values.chats import Term
from storage.rows.fields import Fields

_OUTLET = "CASE WHEN t.kind = 'outlet' THEN CAST(t.value AS BIGINT) END"
_ENGLISH = f"coalesce((SELECT name_en FROM outlets WHERE id = {_OUTLET}), '')"
TERM = Fields(Term, "t", named={"english": _ENGLISH}, without={"tag_id": 0})
