from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.identity import BODY_IDENTIFIES, aliases, canonical_address
from tests.articles.samples import BODY, entry

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
