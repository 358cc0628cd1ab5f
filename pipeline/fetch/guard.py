"""No connection into a private network, decided on the very address that is connected to.

A name is looked up once for each connection and what was checked is what is connected to: a server of names that
gives another answer a moment later ("DNS rebinding") gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class RefusedError(Exception):
    """A page that is not fetched; the message says why."""


class Guard:
    """Which hosts may be connected to.

    Parameters
    ----------
    private : hosts that may lie in a private network, because the user named them; one that was public once stays so
    """

    def __init__(self, private: Iterable[str] = ()) -> None:
        self._private = {host.lower() for host in private}
        self._public: set[str] = set()

    def check(self, host: str, addresses: Iterable[str]) -> None:
        """Raise `RefusedError` when a host lies in a private network and may not."""
        host = host.lower().rstrip(".")
        if all(map(is_public, addresses)):
            self._public.add(host)
        elif host not in self._private or host in self._public:
            raise RefusedError(f"{host} leads to a private address; give its address yourself if it is meant")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and so is the older one that it may carry."""
    found = ipaddress.ip_address(address.split("%")[0])
    return all(one.is_global and not one.is_multicast for one in (found, *_carried(found)))


def _carried(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to: mapped, translated (NAT64), tunnelled (6to4, Teredo)."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [
        one for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if one is not None
    ]
    if address in _TRANSLATED or int(address) >> 32 == 0:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found


class GuardedAdapter(HTTPAdapter):
    """Connects as requests does, but asks the guard before each connection."""

    def __init__(self, guard: Guard, **options: Any) -> None:
        self._guard = guard
        super().__init__(**options)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Pools whose connections are guarded."""
        super().init_poolmanager(*arguments, **options)
        guard = self._guard

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return _connected(self, guard)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return _connected(self, guard)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def _connected(connection: HTTPConnection, guard: Guard) -> socket.socket:
    """A socket to one of the addresses of a host, all of which were checked."""
    host, port = connection.host, connection.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise NameResolutionError(host, connection, error) from error
    addresses = list(dict.fromkeys(str(where[0]) for *_, where in found))
    guard.check(host, addresses)
    last: OSError | None = None
    for address in addresses:
        try:
            return create_connection(
                (address, port), connection.timeout, connection.source_address, connection.socket_options
            )
        except OSError as error:
            last = error
    raise NewConnectionError(connection, f"no connection: {last}") from last
