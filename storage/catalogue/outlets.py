"""Publishers and the names they go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.normalise import display, key
from bot.values.articles import DHAKA, Outlet
from storage.driver.connection import ConflictError
from storage.rows.outlet_rows import OUTLET, SELECT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.ports.rules import ArticleRules
    from storage.driver.connection import Connection, Database


async def find(db: Connection, name: str) -> Outlet | None:
    """Return the outlet of that name."""
    row = await db.row(
        f"SELECT {OUTLET.columns} FROM outlet_names n JOIN outlets o ON o.id = n.outlet_id WHERE n.key = ?",
        key(name),
    )
    return OUTLET.read(row) if row else None


async def ensure(
    db: Connection,
    name: str,
    *,
    name_en: str = "",
    country: str = "BD",
    zone: str = DHAKA,
    also: Sequence[str] = (),
    hosts: Collection[str] = (),
) -> Outlet:
    """Return the outlet of any of these names.

    It is made if there is none.
    """
    for known in (name, name_en, *also):
        if known and (found := await find(db, known)) is not None:
            await _call(db, found.id, name, name_en, *also)
            await _list(db, found.id, hosts)
            return found
    shown = display(name).strip()
    row = await db.row(
        "INSERT INTO outlets (name, name_en, country, zone) VALUES (?, ?, ?, ?) RETURNING id",
        shown,
        name_en,
        country,
        zone,
    )
    made = Outlet(row[0] if row else 0, shown, name_en, country, zone)
    await _call(db, made.id, shown, name_en, *also)
    await _list(db, made.id, hosts)
    if key(shown) and (called := await find(db, shown)) is not None and called.id != made.id:
        raise ConflictError(f"another made the outlet {shown} meanwhile. Nothing is lost; try again.")
    return made


async def _call(db: Connection, outlet_id: int, *names: str) -> None:
    """Let an outlet be found by these names too.

    A name that is another's stays that one's.
    """
    await db.many(
        "INSERT INTO outlet_names (key, outlet_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(called, outlet_id) for called in sorted({key(name) for name in names} - {""})],
    )


async def _list(db: Connection, outlet_id: int, hosts: Collection[str]) -> None:
    """Let hosts be an outlet's; one that is another's stays that one's."""
    await db.many(
        "INSERT INTO outlet_hosts (host, outlet_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(host, outlet_id) for host in sorted(hosts)],
    )


class Outlets:
    """See bot.ports.archive.Outlets."""

    def __init__(self, database: Database, rules: ArticleRules) -> None:
        """Work on this database, by these rules."""
        self._db = database
        self._rules = rules

    async def ensure(
        self,
        name: str,
        *,
        name_en: str = "",
        country: str = "BD",
        zone: str = "",
        also: Sequence[str] = (),
        sites: Sequence[str] = (),
    ) -> Outlet:
        """Return the outlet of that name, made if there is none."""
        hosts = {host for site in sites if (host := self._rules.host(site)) is not None}
        return await self._db.write(
            lambda db: ensure(db, name, name_en=name_en, country=country, zone=zone or DHAKA, also=also, hosts=hosts)
        )

    async def of_site(self, address: str) -> Outlet | None:
        """Return the outlet whose host an address has."""
        row = await self._db.read(
            lambda db: db.row(
                f"SELECT {OUTLET.columns} FROM outlet_hosts h JOIN outlets o ON o.id = h.outlet_id WHERE h.host = ?",
                self._rules.host(address),
            )
        )
        return OUTLET.read(row) if row else None

    async def sites(self, outlet: Outlet) -> int:
        """Return how many hosts are an outlet's."""
        rows = await self._db.read(
            lambda db: db.rows("SELECT count(*) FROM outlet_hosts WHERE outlet_id = ?", outlet.id)
        )
        return int(rows[0][0])

    async def find(self, name: str) -> Outlet | None:
        """Return the outlet that a reader means."""
        return await self._db.read(lambda db: find(db, name))

    async def at(self, host: str) -> Outlet | None:
        """Return the outlet of an article that stands at a host."""
        row = await self._db.read(
            lambda db: db.row(
                f"SELECT {OUTLET.columns} FROM aliases l JOIN articles a ON a.id = l.article_id "
                "JOIN outlets o ON o.id = a.outlet_id WHERE l.scope = '' AND l.kind = 'address' AND l.value >= ? "
                "AND l.value < ? ORDER BY l.value LIMIT 1",
                *(f"{host}/", f"{host}0"),
            )
        )
        return OUTLET.read(row) if row else None

    async def get(self, outlet_id: int) -> Outlet | None:
        """Return one outlet."""
        row = await self._db.read(lambda db: db.row(f"{SELECT} WHERE o.id = ?", outlet_id))
        return OUTLET.read(row) if row else None

    async def listed(self) -> int:
        """Return how many hosts are listed."""
        rows = await self._db.read(lambda db: db.rows("SELECT count(*) FROM outlet_hosts"))
        return int(rows[0][0])

    async def all(self) -> list[tuple[Outlet, int]]:
        """Return outlets with articles or an active source, busiest first."""
        rows = await self._db.read(
            lambda db: db.rows(
                f"SELECT {OUTLET.columns}, c.n FROM outlets o CROSS JOIN (SELECT x.id, (SELECT count(*) FROM articles "
                "a WHERE a.outlet_id = x.id AND a.state = 'live' AND a.merged_into IS NULL) n FROM outlets x) c "
                "ON c.id = o.id WHERE c.n > 0 OR EXISTS (SELECT 1 FROM sources s WHERE s.outlet_id = o.id "
                "AND s.address IS NOT NULL AND s.state = 'active' AND s.removed_at IS NULL) ORDER BY c.n DESC, o.name"
            )
        )
        return [(OUTLET.read(row), row[-1]) for row in rows]
