"""Only the public net is asked, however an address is written."""

from __future__ import annotations

import pytest

from feeds.errors import Refused
from feeds.wire.addresses import check_url


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]",
        "[::ffff:10.0.0.1]", "[fe80::1]", "[fd12::1]", "[ff02::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "localhost", "LOCALHOST", "printer.local", "vault.internal",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_and_may_be_allowed(host: str) -> None:
    with pytest.raises(Refused, match="allow private"):
        check_url(f"http://{host}/feed")
    assert check_url(f"http://{host}/feed", allow_private=True)


@pytest.mark.parametrize(
    "host", ["example.org", "93.184.216.34", "[2606:2800:220:1::1]", "xn--bcher-kva.example"]
)
def test_the_public_net_may_be_asked(host: str) -> None:
    assert check_url(f"https://{host}/feed") == f"https://{host}/feed"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "feed://example.org/", "example.org", ""]
)
def test_other_schemes_are_refused_even_where_private_is_allowed(url: str) -> None:
    with pytest.raises(Refused, match="not an http"):
        check_url(url, allow_private=True)
