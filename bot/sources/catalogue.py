"""The built-in catalogue of Bengali outlets, as data beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from bot.values.articles import DHAKA

KOLKATA = "Asia/Kolkata"


@dataclass(frozen=True, slots=True)
class CatalogueOutlet:
    """An outlet of the catalogue.

    Without a feed it stands for its names alone.
    """

    name: str
    name_en: str
    country: str
    home: str
    feed: str | None
    also: tuple[str, ...] = ()

    @property
    def sites(self) -> tuple[str, ...]:
        """Addresses on each host of the outlet.

        Of its site and of its feed.
        """
        return (self.home, self.feed) if self.feed else (self.home,)

    @property
    def zone(self) -> str:
        """The zone of dates that name none.

        India's for its own papers, Dhaka's for all others.
        """
        return KOLKATA if self.country == "IN" else DHAKA


def catalogue() -> list[CatalogueOutlet]:
    """Read the catalogue."""
    text = files("bot.sources").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return [
        CatalogueOutlet(
            row["name"], row["name_en"], row["country"], row["home"], row.get("feed"), tuple(row.get("also", ()))
        )
        for row in tomllib.loads(text)["outlet"]
    ]
