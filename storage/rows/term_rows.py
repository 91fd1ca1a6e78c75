"""A term as columns."""

from __future__ import annotations

from bot.values.chats import Term
from storage.rows.fields import Fields

TERM = Fields(Term, "t", without={"tag_id": 0})
