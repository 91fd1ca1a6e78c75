from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.identity import BODY_IDENTIFIES, aliases, canonical_address, distinct, sight
from tests.articles.samples import BODY, entry

if TYPE_CHECKING:
    from bot.values.articles import Entry

ONE = "khabar.example/desh/123"


@pytest.mark.parametrize(
    "url",
    [
        "https://khabar.example/desh/123",
        "http://khabar.example/desh/123/",
        "https://www.khabar.example/desh/123#comments",
        "https://m.khabar.example/desh/123",
        "https://amp.khabar.example/desh/123",
        "HTTPS://WWW.Khabar.Example:443/desh/123",
        "https://khabar.example/desh/123/amp/",
        "https://khabar.example/amp/desh/123",
        "https://khabar.example/desh/123.amp",
        "https://khabar.example/desh/123?amp",
        "https://khabar.example/desh/123?amp=1&utm_source=x&utm_medium=y",
        "https://khabar.example/desh/123?outputType=amp",
        "https://khabar.example/desh/123/print",
        "https://khabar.example/print/desh/123",
        "https://khabar.example/desh/123?print=1",
        "https://khabar.example/desh/123?view=print",
        "https://khabar.example/desh/123/index.html",
        "https://khabar.example//desh/./123",
        "https://khabar.example/desh/123?fbclid=abc&gclid=d&ref=home",
    ],
)
def test_one_page_has_one_address(url: str) -> None:
    assert canonical_address(url) == ONE


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://khabar.example/?p=1234", "khabar.example/?p=1234"),
        ("https://khabar.example/?utm_source=x&p=1234", "khabar.example/?p=1234"),
        ("https://khabar.example/index.php?page_id=7", "khabar.example/?page_id=7"),
        ("https://khabar.example/?story=9", "khabar.example/?story=9"),
        ("https://khabar.example/news?b=2&a=1", "khabar.example/news?a=1&b=2"),
        ("https://khabar.example:8080/x", "khabar.example:8080/x"),
        ("https://khabar.example/%E0%A6%AC%E0%A6%87", "khabar.example/বই"),
        ("https://khabar.example/বই", "khabar.example/বই"),
        ("https://খবর.example/x", "xn--m5b6aa7k.example/x"),
        ("https://khabar.example/view=print-is-a-word", "khabar.example/view=print-is-a-word"),
        ("https://khabar.example/", None),
        ("https://khabar.example", None),
        ("https://khabar.example/?utm_source=x", None),
        ("https://khabar.example/index.html", None),
        ("ftp://khabar.example/x", None),
        ("javascript:alert(1)", None),
        ("/desh/123", None),
        ("", None),
        ("http://[::1", None),
        ("http://khabar.example:99999/x", None),
    ],
)
def test_addresses(url: str, address: str | None) -> None:
    found = canonical_address(url)
    if url.startswith("https://খবর"):
        assert found is not None
        assert found.startswith("xn--")
    else:
        assert found == address


@given(st.text(max_size=80), st.text(max_size=40))
def test_the_normal_form_is_at_rest(path: str, query: str) -> None:
    once = canonical_address(f"https://khabar.example/a{path}?{query}")
    if once is not None and "?" not in path:
        assert canonical_address(f"https://{once}") == once


def test_an_article_goes_by_all_its_addresses() -> None:
    names = aliases(
        entry(
            url="https://www.khabar.example/desh/123/?utm_source=feed",
            guid="https://khabar.example/?p=123",
            addresses=("https://khabar.example/desh/123/amp", "https://khabar.example/"),
        ),
        "7",
    )
    assert [(alias.scope, alias.value) for alias in names if alias.kind == "address"] == [
        ("", ONE),
        ("", "khabar.example/?p=123"),
    ]
    assert ("7", "guid", "https://khabar.example/?p=123") in [(alias.scope, alias.kind, alias.value) for alias in names]


def test_a_body_names_an_article_without_an_address_whatever_its_length() -> None:
    (name,) = aliases(entry(url=None, body=("ছোট লেখা।",)), "7")
    assert (name.scope, name.kind) == ("7", "body")
    (same,) = aliases(entry(url=None, title="অন্য শিরোনাম", body=("ছোট  লেখা।",)), "7")
    assert same == name


def test_beside_an_address_only_a_long_whole_body_is_a_name() -> None:
    long = (*BODY, *BODY)
    assert sum(map(len, long)) > BODY_IDENTIFIES
    kinds = [
        [alias.kind for alias in aliases(entry(body=body), "7")] for body in (("ছোট লেখা।",), long, (*long, "আরও…"))
    ]
    assert kinds == [["address"], ["address", "body"], ["address"]]


def test_a_title_or_a_date_is_no_name() -> None:
    assert aliases(entry(url=None, body=()), "7") == ()


def look(*entries: Entry) -> list[tuple[str, tuple[str, ...]]]:
    found = distinct([sight(one, "7") for one in entries], "7")
    return [(one.entry.title, tuple(alias.kind for alias in one.aliases)) for one in found]


def item(number: int, **changes: object) -> Entry:
    return entry(title=f"চরের খবর, নম্বর {number}", body=(f"চরের ঘাটে আজ {number}টি নৌকা ভিড়েছে।",), **changes)


NUMBERS = (1, 2, 3)


@pytest.mark.parametrize("guid", ["https://khabar.example/", "news", "0", "https://khabar.example/feed"])
def test_a_guid_that_items_of_one_look_share_names_none_of_them(guid: str) -> None:
    named = look(*(item(n, url=f"https://khabar.example/n/{n}", guid=guid) for n in NUMBERS))
    assert [kinds for _, kinds in named] == [("address",)] * len(NUMBERS)


def test_an_address_that_all_share_leaves_each_its_guid() -> None:
    named = look(*(item(n, url="https://khabar.example/live", guid=f"id-{n}") for n in NUMBERS))
    assert [kinds for _, kinds in named] == [("guid",)] * len(NUMBERS)


def test_who_has_no_name_left_goes_by_its_text() -> None:
    named = look(*(item(n, url="https://khabar.example/live", guid=None) for n in NUMBERS))
    assert [kinds for _, kinds in named] == [("body",)] * len(NUMBERS)


def test_what_shares_address_and_text_is_left_out() -> None:
    same = (item(n, url="https://khabar.example/live", guid=None) for n in NUMBERS)
    assert look(*(replace(one, body=("একই কথা।",)) for one in same)) == []
    assert look(*(replace(item(n, url="https://khabar.example/live", guid=None), body=()) for n in NUMBERS)) == []


def test_one_article_twice_in_a_look_keeps_its_names() -> None:
    twice = item(1, url="https://khabar.example/n/1", guid="id-1")
    assert look(twice, twice) == [(twice.title, ("address", "guid"))] * 2


@pytest.mark.parametrize(
    "name", ["cid", "t", "from", "ref", "src", "source", "id", "nid", "s", "v", "via", "news", "pid", "no", "q", "p"]
)
def test_a_parameter_may_be_all_that_names_an_article(name: str) -> None:
    forms = {canonical_address(f"https://khabar.example/details.php?{name}=10{n}") for n in NUMBERS}
    assert len(forms) == len(NUMBERS)


@pytest.mark.parametrize("name", ["from", "ref", "src", "source", "via", "t", "cid"])
def test_where_the_path_names_it_the_parameter_says_who_came(name: str) -> None:
    assert canonical_address(f"https://khabar.example/desh/123?{name}=rss7") == ONE
