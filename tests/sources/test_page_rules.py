"""Rules for an outlet's pages are data, checked when they are loaded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.sources import catalogue
from bot.sources.catalogue import parse_catalogue, rules_by_host
from bot.sources.page_rules import PageRules, page_rules, to_xpath
from bot.values.errors import SettingsError
from tests.sources.test_kinds_page import BODY, ONE, THREE, TITLE, TWO, page, read

OUTLET = '[[outlet]]\nname = "খবরঘর"\nname_en = "Khoborghor"\ncountry = "BD"\nhome = "https://www.khabar.example"\n'
RULES = PageRules(
    title=(to_xpath("div.head"),),
    body=(to_xpath("div.gone"), to_xpath("#text")),
    date=(to_xpath("span.when"),),
    byline=(to_xpath("[itemprop=writer]"),),
    drop=(to_xpath("div.promo"),),
)
ODD = (
    f"<h1>অন্য কিছু</h1><div class=head>{TITLE}</div><span itemprop=writer>রহিমা খাতুন</span>"
    f"<div class=x><span class=when>৪ জুলাই ২০২৬, ১০:০০</span></div>"
    f'<div id="text"><p>{ONE}</p><div class="promo big"><p>{TWO}</p></div><p>{THREE}</p></div>'
    f"<div class=other>{BODY * 4}</div>"
)


@pytest.fixture
def ruled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sources.html.article.rules_by_host", lambda: {"khabar.example": RULES})


@pytest.mark.usefixtures("ruled")
def test_an_outlets_rules_say_where_its_parts_stand() -> None:
    entry = read(page(ODD))
    assert (entry.title, entry.body, entry.byline) == (TITLE, (ONE, THREE), "রহিমা খাতুন")
    assert entry.published == datetime(2026, 7, 4, 4, tzinfo=UTC)


@pytest.mark.usefixtures("ruled")
def test_rules_that_find_nothing_cost_nothing() -> None:
    assert read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>")).body == (ONE, TWO, THREE)


@pytest.mark.usefixtures("ruled")
def test_another_outlets_pages_are_read_as_any() -> None:
    assert read(page(ODD), "https://other.example/1").byline is None


def test_the_catalogue_carries_rules() -> None:
    outlet = parse_catalogue(f'{OUTLET}[outlet.page]\nbody = ["div.text p"]\n')[0]
    assert outlet.page.body == (to_xpath("div.text p"),)
    assert parse_catalogue(OUTLET)[0].page == PageRules()
    assert all("." in host for host in rules_by_host())
    assert catalogue.catalogue()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("text", "is a table"),
        ({"bodies": ["p"]}, "page.bodies is not known; known are title, body"),
        ({"body": "p"}, "page.body is a list"),
        ({"body": [1]}, "page.body is a list"),
        ({"body": ["div >"]}, "«div >» is no selector"),
        ({"drop": [""]}, "an empty selector"),
        ({"drop": ["a:hover"]}, "«a:hover» is no selector"),
        ({"drop": ["//div"]}, "is no selector"),
        ({"drop": ["[onclick=')]"]}, "is no selector"),
    ],
)
def test_a_rule_that_cannot_be_read_is_said_with_its_outlet(table: object, told: str) -> None:
    with pytest.raises(SettingsError, match=r"catalogue\.toml, Khoborghor: ") as caught:
        page_rules("Khoborghor", table)
    assert told in str(caught.value)
