"""The built-in catalogue of Bengali outlets, as data beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.articles.address import canonical_host
from bot.sources.page_rules import NO_RULES, PageRules, page_rules
from bot.values.articles import DHAKA

KOLKATA = "Asia/Kolkata"


@dataclass(frozen=True, slots=True)
class CatalogueOutlet:
    """An outlet of the catalogue.

    An outlet without a feed is listed for its names alone.
    """

    name: str
    name_en: str
    country: str
    home: str
    feed: str | None
    also: tuple[str, ...] = ()
    page: PageRules = NO_RULES

    @property
    def sites(self) -> tuple[str, ...]:
        """Addresses on the hosts of its site and its feed."""
        return (self.home, self.feed) if self.feed else (self.home,)

    @property
    def zone(self) -> str:
        """The zone of dates that name none.

        It is India's for its own papers, Dhaka's for all others.
        """
        return KOLKATA if self.country == "IN" else DHAKA


def catalogue() -> list[CatalogueOutlet]:
    """Read the catalogue.

    Raises:
        SettingsError: a rule for an outlet's pages cannot be read.
    """
    return parse_catalogue(files("bot.sources").joinpath("catalogue.toml").read_text(encoding="utf-8"))


def parse_catalogue(text: str) -> list[CatalogueOutlet]:
    """Read a catalogue's text.

    Raises:
        SettingsError: a rule for an outlet's pages cannot be read.
    """
    return [
        CatalogueOutlet(
            row["name"],
            row["name_en"],
            row["country"],
            row["home"],
            row.get("feed"),
            tuple(row.get("also", ())),
            page_rules(row["name_en"], row["page"]) if "page" in row else NO_RULES,
        )
        for row in tomllib.loads(text)["outlet"]
    ]


@cache
def rules_by_host() -> dict[str, PageRules]:
    """Return the rules for outlets' pages by their hosts, without www."""
    return {
        host: outlet.page
        for outlet in catalogue()
        if outlet.page != NO_RULES and (host := canonical_host(outlet.home)) is not None
    }
