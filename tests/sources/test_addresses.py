from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.addresses import (
    MAX_LENGTH,
    Allow,
    BadAddressError,
    RefusedAddressError,
    check_redirect,
    check_resolved,
    check_url,
    endpoint,
    is_public,
    parse_allow,
)

NOBODY = Allow()
LOOPBACK = Allow(frozenset({("127.0.0.1", 8000), ("feeds.test", 80)}))

# Written from the registries (RFC 6890 and what it lists), not from the code.
PRIVATE_V4 = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
]  # fmt: skip
PRIVATE_V6 = [
    "::/128", "::1/128", "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
    "2001::/32", "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
    "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
]  # fmt: skip


@st.composite
def private_v4(draw: st.DrawFn) -> IPv4Address:
    net = IPv4Network(draw(st.sampled_from(PRIVATE_V4)))
    return net[draw(st.integers(0, net.num_addresses - 1))]


@given(private_v4())
def test_a_private_ipv4_address_is_not_public_and_neither_is_any_ipv6_address_that_carries_it(
    inner: IPv4Address,
) -> None:
    assert not is_public(inner)
    number = int(inner)
    disguises = [
        number,  # IPv4-compatible
        (0xFFFF << 32) | number,  # mapped
        (0xFFFF << 48) | number,  # translated
        (0x0064_FF9B << 96) | number,  # NAT64
        (0x0064_FF9B_0001 << 80) | number,  # NAT64, local
        (0x2002 << 112) | (number << 80),  # 6to4
        (0x2001 << 112) | (number << 64),  # Teredo's server
        (0x2001 << 112) | (number ^ 0xFFFF_FFFF),  # Teredo's client
    ]
    assert not any(is_public(IPv6Address(disguise)) for disguise in disguises)


@given(st.data())
def test_a_reserved_ipv6_address_is_not_public(data: st.DataObject) -> None:
    net = IPv6Network(data.draw(st.sampled_from(PRIVATE_V6)))
    assert not is_public(net[data.draw(st.integers(0, net.num_addresses - 1))])


@pytest.mark.parametrize("ip", ["fe80::1%eth0", "2606:4700::1111%eth0", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_a_zone_or_an_embedded_address_is_never_public(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "103.87.138.55", "2606:4700::1111", "2404:6800:4003::1"])
def test_addresses_that_outlets_have_are_public(ip: str) -> None:
    assert is_public(ip)


def test_what_is_no_ip_address_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"127\.1"):
        is_public("127.1")


HERE = [
    "127.0.0.1", "localhost", "LocalHost.", "a.localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::]",
    "2130706433", "0x7f.1", "127.1", "0x7f000001", "017700000001", "127.0.0.1.", "127.0.0.1.0x", "127。0。0。1",
    "10.1.2.3", "100.64.0.1", "169.254.169.254", "192.168.1.1", "192.0.2.1", "198.18.0.1", "224.0.0.1",
    "255.255.255.255", "[fd00::1]", "[fe80::1]", "[fe80::1%25eth0]", "[fec0::1]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
]  # fmt: skip


@pytest.mark.parametrize("host", HERE)
@pytest.mark.parametrize("allow", [NOBODY, LOOPBACK])
def test_a_private_host_is_refused_in_every_spelling(host: str, allow: Allow) -> None:
    with pytest.raises(RefusedAddressError):
        check_url(f"http://{host}/feed", allow)


NONSENSE = [
    "", " ", "feed", "//example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "http:",
    "http://", "http:///path", "http://?q", "javascript:alert(1)", "data:text/plain,x", "http://user@example.com/",
    "http://user:hunter2@example.com/", "http://hunter2%40@example.com/", "http://x\\@127.0.0.1/", "http://a b/",
    "http://a%00b/", "http://127%2e0%2e0%2e1/", "http://a..b/", "http://.a/", "http://exa\tmple.com/", "http://a\n/",
    "http://0177.0.0.1/", "http://999.1.1.1/", "http://[::1", "http://[::g]/", "http://①②⑦.0.0.1/", "http://☃.example/",
    "http://xn--/", "http://xn--a\x80/", f"http://{'a' * 64}.com/", f"http://{'a.' * 127}com/", "http://\ud800.com/",
    "http://example.com/\udcff", f"http://example.com/{'a' * MAX_LENGTH}", f"http://example.com/{'খ' * 600}",
    "http://example.com:http/", f"http://example.com:{'9' * 5000}/",
]  # fmt: skip


@pytest.mark.parametrize("url", NONSENSE)
def test_what_nobody_could_fetch_is_a_bad_address(url: str) -> None:
    with pytest.raises(BadAddressError) as caught:
        check_url(url, NOBODY)
    assert not isinstance(caught.value, RefusedAddressError)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "wire"),
    [
        ("  https://example.com  ", "https://example.com"),
        ("HTTP://EXAMPLE.com/Feed?tag=ইরান", "http://example.com/Feed?tag=%E0%A6%87%E0%A6%B0%E0%A6%BE%E0%A6%A8"),
        ("https://example.com:443/#part", "https://example.com/"),
        ("https://example.com:80/", "https://example.com:80/"),
        ("http://1e100.net/", "http://1e100.net/"),
        ("https://বাংলা.বাংলা/", "https://xn--54b7fta0cc.xn--54b7fta0cc/"),
        ("http://my_site.example.com/", "http://my_site.example.com/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
    ],
)
def test_an_ordinary_address_passes_encoded_and_without_its_fragment(url: str, wire: str) -> None:
    assert str(check_url(url, NOBODY)) == wire


@given(
    st.text(max_size=80) | st.text("htps:/@[].0127xf%\\#?১a\x00\ud800", max_size=40).map(lambda rest: f"http://{rest}")
)
def test_any_text_is_an_address_or_an_address_error(text: str) -> None:
    try:
        url = check_url(text, NOBODY)
    except BadAddressError:
        return
    assert url.scheme in {"http", "https"}
    assert endpoint(url)[1] in {80, 443}
    assert not url.userinfo


@pytest.mark.parametrize("port", [1, 22, 8080, 65535])
def test_other_ports_need_a_permission(port: int) -> None:
    with pytest.raises(RefusedAddressError, match=f"Port {port}"):
        check_url(f"http://example.com:{port}/", NOBODY)
    assert check_url(f"http://example.com:{port}/", NOBODY, any_port=True).port == port


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_no_permission_makes_a_port_of_what_is_none(port: int) -> None:
    with pytest.raises(BadAddressError):
        check_url(f"http://example.com:{port}/", NOBODY, any_port=True)


def test_permission_for_a_port_opens_no_private_address() -> None:
    with pytest.raises(RefusedAddressError):
        check_url("http://127.0.0.1:8080/", NOBODY, any_port=True)


def test_allow_takes_exactly_the_host_as_written_and_the_port() -> None:
    assert check_url("http://127.0.0.1:8000/", LOOPBACK).port == 8000
    assert endpoint(check_url("http://FEEDS.test/", LOOPBACK)) == ("feeds.test", 80)
    for near in ("http://127.0.0.1:8001/", "http://localhost:8000/", "http://[::1]:8000/", "http://127.1:8000/"):
        with pytest.raises(RefusedAddressError):
            check_url(near, LOOPBACK)


def test_allow_is_parsed_from_host_and_port_pairs() -> None:
    assert parse_allow("") == parse_allow(" , ") == Allow()
    allow = parse_allow("127.0.0.1:8000, [::1]:81,LOCALHOST:80,বাংলা.test:443")
    assert allow.pairs == {("127.0.0.1", 8000), ("::1", 81), ("localhost", 80), ("xn--54b7fta0cc.test", 443)}


@pytest.mark.parametrize(
    "part",
    [
        "s3cret",
        "s3cret:",
        "s3cret:x",
        "s3cret:0",
        "s3cret:70000",
        ":80",
        "*:80",
        "a:80/path",
        "http://a:80",
        "u:p@a:80",
        "127.1:80",
    ],
)
def test_a_wrong_part_of_allow_is_named_by_its_place_and_not_repeated(part: str) -> None:
    with pytest.raises(ValueError, match="part 2 is not host:port") as caught:
        parse_allow(f"localhost:80,{part}")
    assert "s3cret" not in str(caught.value)


def test_resolved_addresses_come_once_with_the_families_in_turns() -> None:
    answers = ["2606:4700::1", "2606:4700::2", "8.8.8.8", "2606:4700::1", "8.8.4.4"]
    assert check_resolved("a.test", 80, answers, NOBODY) == ["2606:4700::1", "8.8.8.8", "2606:4700::2", "8.8.4.4"]


@pytest.mark.parametrize("bad", ["10.0.0.5", "::1", "::ffff:10.0.0.5", "nonsense", ""])
def test_one_private_answer_refuses_a_name_and_is_not_told(bad: str) -> None:
    with pytest.raises(RefusedAddressError, match=r"a\.test") as caught:
        check_resolved("a.test", 80, ["8.8.8.8", bad], NOBODY)
    assert "10.0.0.5" not in str(caught.value)


def test_an_allowed_name_may_have_private_addresses() -> None:
    assert check_resolved("feeds.test", 80, ["10.0.0.5"], LOOPBACK) == ["10.0.0.5"]
    with pytest.raises(RefusedAddressError):
        check_resolved("feeds.test", 443, ["10.0.0.5"], LOOPBACK)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "https://example.com/b"),
        ("b?c", "https://example.com/a/b?c"),
        ("//other.example/", "https://other.example/"),
        ("http://other.example/খবর", "http://other.example/%E0%A6%96%E0%A6%AC%E0%A6%B0"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location: str, target: str) -> None:
    assert str(check_redirect(httpx.URL("https://example.com/a/"), location, NOBODY)) == target


@pytest.mark.parametrize(
    "location", ["http://169.254.169.254/latest/meta-data", "//127.0.0.1/", "http://127.0.0.1:8000/"]
)
def test_a_public_page_cannot_redirect_to_a_private_one_not_even_to_an_allowed_one(location: str) -> None:
    with pytest.raises(RefusedAddressError):
        check_redirect(httpx.URL("http://example.com/"), location, LOOPBACK)


def test_an_allowed_page_may_redirect_within_itself_or_to_a_public_one() -> None:
    source = httpx.URL("http://127.0.0.1:8000/")
    assert check_redirect(source, "/b", LOOPBACK).path == "/b"
    with pytest.raises(RefusedAddressError):
        check_redirect(source, "http://feeds.test/", LOOPBACK)
    assert check_redirect(source, "http://example.com/", LOOPBACK).host == "example.com"


@pytest.mark.parametrize(
    "location", ["ftp://a.example/", "http://u:p@a.example/", "http://[/", "http://a\x00/", "mailto:a@b"]
)
def test_a_redirect_to_nonsense_is_a_bad_address(location: str) -> None:
    with pytest.raises(BadAddressError):
        check_redirect(httpx.URL("http://example.com/"), location, NOBODY)
