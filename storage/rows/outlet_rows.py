"""An outlet as columns."""

from __future__ import annotations

from bot.values.articles import Outlet
from storage.rows.fields import Fields

OUTLET = Fields(Outlet, "o")
SELECT = f"SELECT {OUTLET.columns} FROM outlets o"
