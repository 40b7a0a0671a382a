"""Feeds asked for over a real socket: politely, within bounds, and never where one must not go."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version

import brotli
import httpx
import pytest
from backports import zstd

from feeds.errors import Refused, TooLarge, TooSlow, Unreachable
from feeds.story import FeedState
from feeds.wire import addresses
from feeds.wire.fetch import Answer, Limits, fetch, open_client
from feeds.wire.parse import parse
from tests.feedserver import FeedServer, Page, Request
from tests.wire.samples import EVERY_FORMAT, RECEIVED, RSS, SUBSCRIPTION

NOW = datetime(2021, 8, 12, 12, 0, tzinfo=UTC)
LOCAL = Limits(seconds=10, allow_private=True)


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def ask(state: FeedState | str, limits: Limits = LOCAL) -> Answer:
    """Fetch once, with a client of its own."""
    known = FeedState(state) if isinstance(state, str) else state

    async def once() -> Answer:
        async with open_client(limits) as client:
            return await fetch(client, known, limits=limits, clock=lambda: NOW)

    return asyncio.run(once())


@pytest.mark.parametrize("kind", EVERY_FORMAT)
def test_every_kind_of_feed_comes_over_the_wire(server: FeedServer, kind: str) -> None:
    answer = ask(server.serve(f"/{kind}", body=EVERY_FORMAT[kind], headers={"Content-Type": "text/xml"}))
    parsed = parse(answer.body, SUBSCRIPTION, content_type=answer.content_type, received=RECEIVED)
    assert answer.ok
    assert len(parsed.stories) == 2


def test_broken_xml_in_a_wrong_charset_comes_over_the_wire(server: FeedServer) -> None:
    body = RSS.replace("Herat holds", "Hérat &nbsp; tient").encode("windows-1252")
    answer = ask(server.serve("/odd", body=body, headers={"Content-Type": "text/xml; charset=utf-8"}))
    parsed = parse(answer.body, SUBSCRIPTION, content_type=answer.content_type, received=RECEIVED)
    assert parsed.stories[1].title == "Hérat tient"


def test_it_says_who_asks_and_what_it_takes(server: FeedServer) -> None:
    ask(server.serve("/polite", body=RSS))
    headers = server.requests("/polite")[-1].headers
    assert headers["user-agent"] == f"warwatch/{version('warwatch')} (feed reader)"
    assert "application/rss+xml" in headers["accept"]
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"


def test_a_feed_may_have_a_user_agent_of_its_own(server: FeedServer) -> None:
    async def once() -> None:
        async with open_client(LOCAL) as client:
            url = server.serve("/picky", body=RSS)
            for agent in ("Mozilla/5.0 (picky)", "bad\r\nX-Injected: 1"):
                await fetch(client, FeedState(url), limits=LOCAL, clock=lambda: NOW, user_agent=agent)

    asyncio.run(once())
    own, plain = (request.headers for request in server.requests("/picky"))
    assert own["user-agent"] == "Mozilla/5.0 (picky)"
    assert plain["user-agent"].startswith("warwatch/")
    assert "x-injected" not in plain


@pytest.mark.parametrize(
    ("encoding", "pack"), [("br", brotli.compress), ("zstd", zstd.compress)], ids=["br", "zstd"]
)
def test_br_and_zstd_are_inflated(server: FeedServer, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    url = server.serve(
        f"/{encoding}", body=pack(RSS.encode()), headers={"Content-Encoding": encoding}, chunked=True
    )
    assert ask(url).body == RSS.encode()


def test_one_connection_serves_a_host_whatever_it_answers(server: FeedServer) -> None:
    server.forget()
    validated = server.serve("/kept", body=RSS, headers={"ETag": '"1"'}, validators=True)
    missing, error = server.serve("/kept-404", status=404, body="no"), server.serve("/kept-5", status=500)
    moved = server.redirect("/kept-moved", "/kept", status=301)

    async def all_of_them() -> list[int]:
        async with open_client(LOCAL) as client:
            states = [FeedState(url, etag='"1"') for url in (validated, missing, error, moved, validated)]
            return [(await fetch(client, state, limits=LOCAL, clock=lambda: NOW)).status for state in states]

    assert asyncio.run(all_of_them()) == [304, 404, 500, 304, 304]
    assert len({request.peer for request in server.requests()}) == 1


@pytest.mark.parametrize("chunked", [False, True])
def test_gzip_is_inflated(server: FeedServer, chunked: bool) -> None:
    assert ask(server.serve("/zipped", body=RSS, zipped=True, chunked=chunked)).body == RSS.encode()


@pytest.mark.parametrize(
    "packed",
    [zlib.compress(b"hello"), zlib.compress(b"hello")[2:-4]],
    ids=["zlib, as the standard has it", "bare, as some servers do"],
)
def test_deflate_is_inflated(server: FeedServer, packed: bytes) -> None:
    assert (
        ask(server.serve("/deflate", body=packed, headers={"Content-Encoding": "deflate"})).body == b"hello"
    )


def test_a_feed_that_did_not_change_costs_no_body(server: FeedServer) -> None:
    validators = {"ETag": '"7"', "Last-Modified": "Thu, 12 Aug 2021 10:00:00 GMT"}
    url = server.serve("/same", body=RSS, headers=validators, validators=True)
    first = ask(url)
    second = ask(FeedState(url, etag=first.etag, last_modified=first.last_modified))
    assert (first.status, second.status, second.body) == (200, 304, b"")
    assert (second.etag, second.last_modified) == (first.etag, first.last_modified)


def test_a_304_that_nobody_asked_for_is_an_error(server: FeedServer) -> None:
    with pytest.raises(Unreachable, match="304"):
        ask(server.serve("/rude", status=304))


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_move_is_remembered(server: FeedServer, status: int) -> None:
    target = server.serve("/new", body=RSS)
    answer = ask(server.redirect("/old", "/new", status=status))
    assert (answer.moved_to, answer.body) == (target, RSS.encode())
    server.forget()
    ask(FeedState(server.url("/old"), moved_to=answer.moved_to))
    assert [request.path for request in server.requests()] == ["/new"]


def test_a_permanent_move_behind_a_temporary_one_is_not_remembered(server: FeedServer) -> None:
    server.serve("/end", body=RSS)
    server.redirect("/middle", "/end", status=301)
    assert ask(server.redirect("/start", "/middle", status=302)).moved_to == ""


def test_five_redirects_are_followed_and_six_are_not(server: FeedServer) -> None:
    server.serve("/hop0", body=RSS)
    for hop in range(1, 7):
        server.redirect(f"/hop{hop}", f"/hop{hop - 1}")
    assert ask(server.url("/hop5")).ok
    with pytest.raises(Refused, match="more than 5 redirects"):
        ask(server.url("/hop6"))


def test_gone_is_told(server: FeedServer) -> None:
    answer = ask(server.serve("/gone", status=410))
    assert (answer.status, answer.ok) == (410, False)
    assert "gone for good" in answer.problem


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("Thu, 12 Aug 2021 12:05:00 GMT", 300.0),
        ("Thu, 12 Aug 2021 11:00:00 GMT", 0.0),
        ("soon", None),
    ],
)
def test_the_patience_a_server_asks_for_is_told(
    server: FeedServer, status: int, said: str, seconds: float | None
) -> None:
    answer = ask(server.serve("/busy", status=status, headers={"Retry-After": said}))
    assert (answer.status, answer.retry_after, answer.body) == (status, seconds, b"")


def test_freshness_is_told(server: FeedServer) -> None:
    assert (
        ask(server.serve("/fresh", body=RSS, headers={"Cache-Control": "public, max-age=300"})).fresh_for
        == 300
    )
    expires = {"Expires": "Thu, 12 Aug 2021 12:10:00 GMT"}
    assert ask(server.serve("/fresh", body=RSS, headers=expires)).fresh_for == 600


def test_a_dripping_server_runs_into_the_deadline(server: FeedServer) -> None:
    url = server.serve("/drip", body="x" * 10_000, drip=0.02)
    with pytest.raises(TooSlow, match=r"within 0\.3 s"):
        ask(url, Limits(seconds=0.3, allow_private=True))


def test_a_server_that_never_answers_runs_into_the_deadline(server: FeedServer) -> None:
    with pytest.raises(TooSlow):
        ask(server.serve("/stall", body="x", stall=30), Limits(seconds=0.3, allow_private=True))


@pytest.mark.parametrize("zipped", [False, True])
def test_a_body_over_the_cap_is_refused(server: FeedServer, zipped: bool) -> None:
    small = Limits(seconds=10, bytes=1000, allow_private=True)
    assert len(ask(server.serve("/fits", body=b"x" * 1000, zipped=zipped), small).body) == 1000
    with pytest.raises(TooLarge, match="1,000"):
        ask(server.serve("/big", body=b"x" * 1001, zipped=zipped), small)


def test_a_bomb_is_inflated_no_further_than_the_cap(server: FeedServer) -> None:
    bomb = gzip.compress(bytes(100_000_000), 9)
    url = server.serve("/bomb", body=bomb, headers={"Content-Encoding": "gzip"})
    cap = 1_000_000
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            ask(url, Limits(bytes=cap, allow_private=True))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6 * cap


def test_a_body_packed_twice_is_refused(server: FeedServer) -> None:
    twice = gzip.compress(gzip.compress(bytes(100_000_000), 9), 9)
    with pytest.raises(Unreachable, match="more than once"):
        ask(server.serve("/twice", body=twice, headers={"Content-Encoding": "gzip, gzip"}))


def test_a_body_packed_in_an_unknown_way_is_refused(server: FeedServer) -> None:
    with pytest.raises(Unreachable, match="not asked for"):
        ask(server.serve("/odd", body=b"x", headers={"Content-Encoding": "compress"}))


def test_a_broken_gzip_is_an_error(server: FeedServer) -> None:
    with pytest.raises(Unreachable, match="broken"):
        ask(server.serve("/torn", body=b"no gzip", headers={"Content-Encoding": "gzip"}))


def test_a_connection_that_breaks_off_is_an_error(server: FeedServer) -> None:
    with pytest.raises(Unreachable):
        ask(server.serve("/cut", body=b"x" * 1000, cut=10))


def test_a_closed_port_is_an_error() -> None:
    with FeedServer() as ended:
        url = ended.url("/feed")
    with pytest.raises(Unreachable):
        ask(url)


def test_headers_from_a_hostile_server_are_not_kept(server: FeedServer) -> None:
    assert ask(server.serve("/h", body=RSS, headers={"ETag": '"\x9b31m"'})).etag == ""


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/", "data:text/xml,x"]
)
def test_a_redirect_to_another_scheme_is_refused(server: FeedServer, target: str) -> None:
    with pytest.raises(Refused, match="redirected"):
        ask(server.redirect("/elsewhere", target))


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/x", "http://169.254.169.254/latest", "http://[fd00::1]/", "http://localhost/"]
)
def test_a_redirect_into_a_private_network_is_refused(
    server: FeedServer, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _let_the_test_server_pass(monkeypatch)
    with pytest.raises(Refused, match="redirected"):
        ask(server.redirect("/inside", target), Limits())


def test_a_name_that_resolves_into_a_private_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answers(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    monkeypatch.setattr(addresses, "resolve", answers)
    with pytest.raises(Refused, match=r"feeds\.example\.com \(10\.0\.0\.1\)"):
        ask("http://feeds.example.com/", Limits())


def test_loopback_is_refused_unless_allowed(server: FeedServer) -> None:
    with pytest.raises(Refused, match="allow private"):
        ask(server.serve("/here", body=RSS), Limits())
    assert ask(server.url("/here")).ok


def test_the_page_can_depend_on_the_request(server: FeedServer) -> None:
    url = server.answer("/echo", lambda request: Page(request.headers["accept"].encode()))
    assert b"rss" in ask(url).body
    assert isinstance(server.requests("/echo")[0], Request)


def test_one_client_serves_many_feeds_at_once(server: FeedServer) -> None:
    urls = [server.serve(f"/many/{number}", body=f"feed {number}") for number in range(30)]

    async def all_of_them() -> list[Answer]:
        async with open_client(LOCAL) as client:
            asked = [fetch(client, FeedState(url), limits=LOCAL, clock=lambda: NOW) for url in urls]
            return await asyncio.gather(*asked)

    assert [answer.body for answer in asyncio.run(all_of_them())] == [b"feed %d" % n for n in range(30)]


def test_a_proxy_of_the_environment_is_used_for_the_net_and_not_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "intranet.example,.lan")
    client = open_client(LOCAL)
    direct = client._transport
    assert client._transport_for_url(httpx.URL("http://example.org/")) is not direct
    for url in ("http://localhost/", "http://127.0.0.1:8000/", "http://intranet.example/", "http://a.lan/"):
        assert client._transport_for_url(httpx.URL(url)) is direct


def _let_the_test_server_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the loopback that the test's server listens on for a public address, and nothing else."""
    real = addresses.check_ip

    def check(address: str | ipaddress.IPv4Address | ipaddress.IPv6Address, host: str) -> None:
        if str(address) != "127.0.0.1":
            real(address, host)

    monkeypatch.setattr(addresses, "check_ip", check)
