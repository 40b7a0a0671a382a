"""What is packed is inflated piece by piece, and never past the cap."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import TooLarge, Unreachable
from feeds.wire.inflate import Inflater


def inflate(encoding: str, packed: bytes, *, cap: int = 10_000, step: int = 7) -> bytes:
    inflater = Inflater(encoding, cap)
    for start in range(0, len(packed), step):
        inflater.feed(packed[start : start + step])
    return inflater.body()


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_every_way_of_packing_comes_back_whole(body: bytes, step: int) -> None:
    assert inflate("", body, step=step) == body
    assert inflate("identity", body, step=step) == body
    assert inflate("gzip", gzip.compress(body), step=step) == body
    assert inflate("x-gzip", gzip.compress(body[:9]) + gzip.compress(body[9:]), step=10_000) == body
    assert inflate("deflate", zlib.compress(body), step=step) == body
    assert inflate("gzip", gzip.compress(body[:9]) + gzip.compress(body[9:]), step=step) == body
    assert inflate("br", brotli.compress(body), step=step) == body
    assert inflate("zstd", zstd.compress(body[:9]) + zstd.compress(body[9:]), step=step) == body


@pytest.mark.parametrize("size", [0, 1, 999, 1000])
def test_the_cap_itself_still_fits(size: int) -> None:
    assert len(inflate("gzip", gzip.compress(bytes(size)), cap=1000)) == size


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_no_more_than_the_cap_is_ever_inflated(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    inflater, bomb = Inflater(encoding, 1000), pack(bytes(50_000_000))
    tracemalloc.start()
    with pytest.raises(TooLarge):
        inflater.feed(bomb)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert inflater.size <= 1000
    assert most < 10_000_000


def test_a_zstd_window_of_gigabytes_is_refused() -> None:
    wide: dict[int, int] = {
        zstd.CompressionParameter.window_log: 27,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    packer = zstd.ZstdCompressor(options=wide)
    packed = packer.compress(b"x" * 100) + packer.flush()
    with pytest.raises(Unreachable, match="broken"):
        inflate("zstd", packed, step=1000)


def test_a_bomb_in_many_members_is_stopped_too() -> None:
    with pytest.raises(TooLarge):
        inflate("gzip", gzip.compress(bytes(400)) * 3, cap=1000, step=10_000)


def test_padding_after_gzip_is_ignored() -> None:
    assert inflate("gzip", gzip.compress(b"x") + bytes(20), step=10_000) == b"x"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,deflate", "br, zstd", "compress"])
def test_what_cannot_be_unpacked_is_refused(encoding: str) -> None:
    with pytest.raises(Unreachable):
        Inflater(encoding, 1000)


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_garbage_is_an_error_and_nothing_worse(packed: bytes, encoding: str) -> None:
    try:
        assert len(inflate(encoding, packed, cap=1000)) <= 1000
    except (Unreachable, TooLarge):
        return
