"""How often somebody may do something: a bucket for each, which fills slowly and out of which each time is taken.

The time is given in, in seconds that never go back. Buckets are forgotten when there are too many, those first that
were not asked for longest: whoever has ten thousand addresses is not held up by this.

>>> limits = Limits(per_second=1, burst=2)
>>> [limits.wait("a", 0.0), limits.wait("a", 0.0), limits.wait("a", 0.5), limits.wait("a", 1.0), limits.wait("b", 1.0)]
[0.0, 0.0, 0.5, 0.0, 0.0]
"""

from __future__ import annotations

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address

MOST = 10_000
"""Buckets of one kind: some two megabytes."""


class Limits:
    """So many a second for each key, and `burst` at once."""

    def __init__(self, per_second: float, burst: int, most: int = MOST) -> None:
        self.per_second, self.burst, self.most = per_second, float(burst), most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, at: float, *, only_look: bool = False) -> float:
        """Take one time. 0: it is allowed; otherwise the seconds until it will be, and nothing is taken."""
        left = self._left(key, at)
        allowed = left >= 1
        if not only_look:
            self._keep(key, left - 1 if allowed else left, at)
        return 0.0 if allowed else (1 - left) / self.per_second

    def __len__(self) -> int:
        return len(self._buckets)

    def _left(self, key: str, at: float) -> float:
        left, since = self._buckets.get(key, (self.burst, at))
        return min(self.burst, left + max(0.0, at - since) * self.per_second)

    def _keep(self, key: str, left: float, at: float) -> None:
        self._buckets[key] = (left, at)
        self._buckets.move_to_end(key)
        while len(self._buckets) > self.most:
            self._buckets.popitem(last=False)


def passphrases() -> Limits:
    """How often a passphrase may be tried, for a handle (or name) from an address: five times, then one in 12 s."""
    return Limits(per_second=5 / 60, burst=5)


def refusals() -> Limits:
    """How many deeds of one person may be refused: each is an entry. Thirty, then one in six seconds."""
    return Limits(per_second=10 / 60, burst=30)


def address_key(host: str) -> str:
    """An address as it is counted: of IPv6 the first 64 bits, since a household has all the rest.

    >>> address_key("2001:db8::1") == address_key("2001:db8::2"), address_key("192.0.2.1")
    (True, '192.0.2.1')
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host[:100]
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return address.exploded[:19]
    return str(address)
