"""Decides which addresses a fetch may reach.

The rules are pure: nothing here looks a name up or opens a socket. Readers give these addresses, so each rule answers
one question: could this lead into a private network? The parser that reads an address is the one that later builds the
request (httpx.URL), for two parsers that disagree about a host are a way in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import TYPE_CHECKING

import httpx

from bot.values.errors import KhoborError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from ipaddress import IPv6Address

MAX_LENGTH = 4096
"""Longest address, in characters once encoded: a Bengali letter takes nine of them in a path, so a slug of 400 fits."""

PORTS = frozenset({80, 443})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_PORT = 65535
_MAX_HOST = 253  # RFC 1035, section 3.1, without the last dot

# Letters, digits, hyphens, and the underscore that some real host names have. No "%": an encoded dot is a dot to some.
_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")
# WHATWG URL, "ends in a number": what inet_aton would take for an address, such as 127.1, 0x7f.1 and 2130706433.
_NUMBER_AT_END = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?")
# RFC 6761, section 6.3: whatever DNS says, these are this machine.
_LOCALHOST = re.compile(r"(?:.*\.)?localhost\.?")

# What is_global of Python 3.11 lets through although nobody publishes there: IETF protocol assignments (RFC 6890) and
# the retired 6to4 relays (RFC 7526).
_V4_HOLES = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
# The only IPv6 block that IANA hands out as global unicast. Outside it lie IPv4 in disguise (::ffff:0:0/96, ::/96,
# 64:ff9b::/96 and 64:ff9b:1::/48), fc00::/7, fe80::/10, fec0::/10 and ff00::/8, some of which is_global calls global.
_V6_UNICAST = IPv6Network("2000::/3")
# Inside it: IETF assignments with Teredo and ORCHID, documentation twice, and 6to4, which carries any IPv4 address.
_V6_HOLES = tuple(IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


class BadAddressError(KhoborError):
    """An address that nobody could fetch.

    It is not http or https, has no host, has a password in it, or is too long.
    """


class RefusedAddressError(BadAddressError):
    """A well-formed address that must not be fetched.

    It is or may be a private one.
    """


@dataclass(frozen=True, slots=True)
class Allow:
    """The private endpoints that the operator lets through.

    Each is (host, port), spelt as it stands in an address. They come from the environment variable FETCH_ALLOW only; no
    command sets it, so no reader can reach it.
    """

    pairs: frozenset[tuple[str, int]] = frozenset()

    def permits(self, host: str, port: int) -> bool:
        """Return whether exactly this host and port are allowed.

        The host is written as in an address.
        """
        return (host, port) in self.pairs


def parse_allow(text: str) -> Allow:
    """Parse FETCH_ALLOW: ``host:port`` pairs with commas between.

    IPv6 stands in brackets. An empty text allows nothing.

    Raises:
        ValueError: a part is not a host and a port; the text says which part, counted from 1, and repeats no value.
    """
    parts = [part.strip() for part in text.split(",")]
    return Allow(frozenset(_pair(part, number) for number, part in enumerate(parts, 1) if part))


def _pair(part: str, number: int) -> tuple[str, int]:
    wrong = f"part {number} is not host:port; write for example 127.0.0.1:8000 or [::1]:8000, with commas between"
    try:
        url = httpx.URL(f"//{part}")
        host = url.raw_host.decode("ascii")
        _check_form(host)
    except (httpx.InvalidURL, ValueError, BadAddressError):
        raise ValueError(wrong) from None
    if url.port is None or not 0 < url.port <= _MAX_PORT or url.userinfo or url.raw_path not in {b"", b"/"}:
        raise ValueError(wrong)
    return host, url.port


def endpoint(url: httpx.URL) -> tuple[str, int]:
    """Return the host and port that a request would connect to.

    The host is in ASCII, without brackets.
    """
    port = _DEFAULT_PORTS.get(url.scheme, 0) if url.port is None else url.port
    return url.raw_host.decode("ascii"), port


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address that a host literally is, else None.

    Such a host needs no look-up.
    """
    try:
        return ip_address(host)
    except ValueError:
        return None


def check_url(url: str, allow: Allow, *, any_port: bool = False) -> httpx.URL:
    """Return a checked address that a request may use.

    It has lost its fragment, which no server is told (RFC 9110, 7.1). Passing is not enough for a *name*: what it
    resolves to is checked by ``check_resolved`` when it is connected to. Number forms that inet_aton knows and
    ipaddress does not (127.1, 0x7f.1, 2130706433) are refused in every case.

    Args:
        url: as a reader, a feed or a redirect gave it; spaces around it do not matter.
        allow: endpoints of the operator; they may be private and have any port.
        any_port: an admin's permission for ports other than 80 and 443; it opens no private address.

    Raises:
        RefusedAddressError: the host is a private address or a disguise of one, or the port is not 80 or 443.
        BadAddressError: not http or https, a user name or password, no host, not a host name, too long.
    """
    parsed = _parse(url.strip())
    if parsed.scheme not in _DEFAULT_PORTS:
        raise BadAddressError("The address does not start with http:// or https://")
    if parsed.userinfo:
        raise BadAddressError("The address has a user name or password in it")
    host, port = endpoint(parsed)
    _check_form(host)
    if not allow.permits(host, port):
        _check_place(host, port, any_port=any_port)
    return parsed.copy_with(fragment=None)


def check_redirect(source: httpx.URL, location: str, allow: Allow, *, any_port: bool = False) -> httpx.URL:
    """Return where a redirect leads, checked.

    The rules are those of ``check_url`` and one more: a redirect leads into ``allow`` only from the same endpoint.
    Without that rule any page could send the bot to the operator's private endpoints.

    Raises:
        RefusedAddressError: as ``check_url``, or the redirect leads to another endpoint that ``allow`` opens.
        BadAddressError: as ``check_url``.
    """
    try:
        joined = str(source.join(location))
    except (httpx.InvalidURL, ValueError):
        raise BadAddressError("The redirect leads to something that is not an address") from None
    target = check_url(joined, allow, any_port=any_port)
    if allow.permits(*endpoint(target)) and endpoint(target) != endpoint(source):
        raise RefusedAddressError("A page redirects to a private address")
    return target


def same_endpoint(one: str, other: str) -> bool:
    """Return whether two addresses lead to one host and port."""
    try:
        return endpoint(_parse(one.strip())) == endpoint(_parse(other.strip()))
    except BadAddressError:
        return False


def check_resolved(host: str, port: int, answers: Iterable[str], allow: Allow) -> list[str]:
    """Return the addresses that may be dialled, each once.

    IPv4 and IPv6 stand in turns, so that a family that does not work here costs one try. One private address among
    public ones refuses them all: the next look-up might return only that one.

    Raises:
        RefusedAddressError: an answer is not a public address and host:port is not allowed. The text does not repeat
            the address, which could tell a reader how a private network is built.
    """
    try:
        found = [ip_address(answer) for answer in dict.fromkeys(answers)]
    except ValueError:
        raise RefusedAddressError(f"The name {host} leads to something that is not an internet address") from None
    if not allow.permits(host, port) and not all(map(is_public, found)):
        raise RefusedAddressError(f"The name {host} leads to a private address")
    seen = {4: 0, 6: 0}
    ranked: list[tuple[int, str]] = []
    for address in found:
        ranked.append((seen[address.version], str(address)))
        seen[address.version] += 1
    return [text for _, text in sorted(ranked, key=lambda pair: pair[0])]


def is_public(ip: str | IPv4Address | IPv6Address) -> bool:
    """Return whether an address is global unicast.

    This is stricter than ``ipaddress.is_global`` (IANA special-purpose registries, RFC 6890): multicast, site-local,
    and every form that embeds an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) are not public, whatever they
    embed.

    Raises:
        ValueError: the text is not an IP address.
    """
    address = ip_address(ip) if isinstance(ip, str) else ip
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _V4_HOLES)
    return address in _V6_UNICAST and address.scope_id is None and not any(address in net for net in _V6_HOLES)


def _parse(url: str) -> httpx.URL:
    if len(url) > MAX_LENGTH:
        raise BadAddressError(f"The address is longer than {MAX_LENGTH} characters")
    try:
        parsed = httpx.URL(url)
        parsed.host.encode()  # reads what stands behind an "xn--", which parsing leaves unread
    except (httpx.InvalidURL, ValueError):  # ValueError: IDNA errors and lone surrogates
        raise BadAddressError("The address cannot be read as one") from None
    if len(str(parsed)) > MAX_LENGTH:
        raise BadAddressError(f"The address is longer than {MAX_LENGTH} characters once encoded")
    return parsed


def _check_form(host: str) -> None:
    if not host:
        raise BadAddressError("The address has no host")
    if literal(host) is not None:
        return
    if len(host) > _MAX_HOST or not _NAME.fullmatch(host):
        raise BadAddressError("The address has no valid host name")
    if _NUMBER_AT_END.fullmatch(host):
        raise RefusedAddressError("The host is a number in disguise")


def _check_place(host: str, port: int, *, any_port: bool) -> None:
    address = literal(host)
    if _LOCALHOST.fullmatch(host) or (address is not None and not is_public(address)):
        raise RefusedAddressError(f"The host {host} is private")
    if not 0 < port <= _MAX_PORT or not (any_port or port in PORTS):
        raise RefusedAddressError(f"Port {port} of {host} is neither 80 nor 443")
