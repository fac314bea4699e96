"""Which addresses the desk fetches from: the rule, apart from the fetching. Pure: asks nobody for anything."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from verify.errors import Refused

PORTS = {"http": 80, "https": 443}
_IN_A_PATH = "/%:=&?~+!$,;'@()*[]-._"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NOT_ON_IPV4 = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/4")))
_ON_IPV6 = ipaddress.ip_network("2000::/3")
_NOT_ON_IPV6 = tuple(map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


class Unfetchable(Refused):
    """An address that leads nowhere, or nowhere that the desk goes; `answered` is the status, if the site gave one."""

    def __init__(self, message: str, answered: int | None = None) -> None:
        super().__init__(message, field="address")
        self.answered = answered


@dataclass(frozen=True, slots=True)
class Target:
    """One address, taken apart."""

    url: str
    scheme: str
    host: str
    port: int
    path: str  # with the query, as it is asked for


def allowed(address: Address) -> bool:
    """Whether the desk goes there: global addresses alone, without those that only look global."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in network for network in _NOT_ON_IPV4)
    if address.ipv4_mapped is not None:
        return allowed(address.ipv4_mapped)
    if address in _NAT64:
        return allowed(ipaddress.IPv4Address(address.packed[-4:]))
    if address.scope_id is not None or address not in _ON_IPV6:
        return False
    return not any(address in network for network in _NOT_ON_IPV6)


def taken_apart(url: str, *, any_port: bool = False) -> Target:
    """Take an address apart, or refuse what is none of http or https on its own port."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as error:  # UnicodeError is one
        raise Unfetchable("This is not an address. Write it whole, beginning with https://.") from error
    if parts.scheme not in PORTS or not host or not url.isprintable() or " " in url:
        raise Unfetchable("Write the whole address, beginning with http:// or https://.")
    if parts.username is not None or parts.password is not None:
        raise Unfetchable(
            "This address holds a name or a password. Leave that out: the desk signs in nowhere."
        )
    port = port or PORTS[parts.scheme]
    if port not in PORTS.values() and not any_port:
        raise Unfetchable(
            f"The desk fetches from ports 80 and 443 alone, and this address names port {port}."
        )
    query = "?" + quote(parts.query, safe=_IN_A_PATH) if parts.query else ""
    return Target(url, parts.scheme, host, port, quote(parts.path or "/", safe=_IN_A_PATH) + query)
