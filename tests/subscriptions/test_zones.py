"""Zones have names that their readers know."""

from __future__ import annotations

from bot.subscriptions import zone_names, zones
from bot.values.chats import Language
from handlers.commands import start


def test_every_zone_that_a_screen_chooses_has_a_bengali_name() -> None:
    by_country = [zone for row in start.COUNTRIES for *_, zone in row]
    for zone in (*zone_names.WORLD, *zone_names.AMERICAN, *by_country):
        named = zones.name(zone, Language.BANGLA)
        assert not any("a" <= letter.lower() <= "z" for letter in named), (zone, named)
        assert zones.find(named) == zone
        assert zones.find(zones.name(zone, Language.ENGLISH)) == zone
