"""gzip, deflate, br and zstd, inflated piece by piece under a cap that holds while inflating, not after."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final, Protocol

import brotli
from backports import zstd

from feeds.errors import TooLarge, Unreachable

_GZIP: Final = 16 + zlib.MAX_WBITS
_ZLIB: Final = zlib.MAX_WBITS
_RAW: Final = -zlib.MAX_WBITS
_GZIP_MAGIC: Final = b"\x1f\x8b"
_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_ZSTD_WINDOW: Final[dict[int, int]] = {zstd.DecompressionParameter.window_log_max: 23}
"""8 MB, the most that RFC 8878 lets a sender ask of everybody; the format allows far more."""
ENCODINGS: Final = "gzip, deflate, br, zstd"
"""What a request says it accepts."""
_BROKEN: Final = (zlib.error, zstd.ZstdError, brotli.error, EOFError)


class _One(Protocol):
    """One packed stream."""

    rest: bytes

    def unpack(self, piece: bytes, most: int) -> bytes:
        """Some of what the piece holds, ``most`` bytes at most; give ``b""`` for the rest."""

    @property
    def hungry(self) -> bool:
        """Whether nothing more is to be had without another piece."""

    @property
    def ended(self) -> bool:
        """Whether all of it was unpacked."""


class Inflater:
    """Takes the raw pieces of one body and gives its bytes, never more than ``cap`` in all.

    ``encoding`` is the answer's ``Content-Encoding``; two of them on top of each other are refused, since a megabyte
    packed twice can hold a terabyte.
    """

    def __init__(self, encoding: str, cap: int) -> None:
        names = [
            name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")
        ]
        if len(names) > 1:
            raise Unreachable(f"the body is packed more than once ({encoding[:60]})")
        self._name = names[0].removeprefix("x-") if names else ""
        if self._name not in ("", "gzip", "deflate", "br", "zstd"):
            raise Unreachable(f"the body is packed in a way that was not asked for ({encoding[:60]})")
        self._cap = cap
        self._body = bytearray()
        self._stream: _InRow | None = None

    @property
    def size(self) -> int:
        """Bytes inflated so far."""
        return len(self._body)

    def feed(self, piece: bytes) -> None:
        """Take the next raw piece; :class:`TooLarge` as soon as the cap is passed."""
        if not piece:
            return
        if not self._name:
            self._keep(piece)
            return
        try:
            self._inflate(piece)
        except _BROKEN as error:
            raise Unreachable(f"the packed body is broken ({error})") from error

    def body(self) -> bytes:
        """All that was inflated."""
        return bytes(self._body)

    def _inflate(self, piece: bytes) -> None:
        stream = self._stream = self._stream or self._open(piece)
        # One byte over the cap is enough to know, and about all that is ever inflated past it.
        self._keep(stream.unpack(piece, self._cap - len(self._body) + 1))
        while not stream.hungry:
            self._keep(stream.unpack(b"", self._cap - len(self._body) + 1))

    def _open(self, first: bytes) -> _InRow:
        if self._name == "br":
            return _InRow(_Brotli, b"")
        if self._name == "zstd":
            return _InRow(_Zstd, _ZSTD_MAGIC)
        if self._name == "gzip":
            return _InRow(lambda: _Zlib(_GZIP), _GZIP_MAGIC)
        # "deflate" is zlib by the standard and bare by custom; a zlib header says which.
        wrapped = first[0] & 0x0F == 8 and (len(first) < 2 or (first[0] << 8 | first[1]) % 31 == 0)
        return _InRow(lambda: _Zlib(_ZLIB if wrapped else _RAW), b"")

    def _keep(self, data: bytes) -> None:
        if len(self._body) + len(data) > self._cap:
            raise TooLarge(f"the body is larger than {self._cap:,} bytes")
        self._body += data


class _Zlib:
    """gzip, zlib or bare deflate."""

    def __init__(self, window: int) -> None:
        self._stream = zlib.decompressobj(window)
        self.rest = b""
        """What was given and not taken yet; at the end, what follows."""

    @property
    def hungry(self) -> bool:
        return self._stream.eof or not self.rest

    @property
    def ended(self) -> bool:
        return self._stream.eof

    def unpack(self, piece: bytes, most: int) -> bytes:
        data = self._stream.decompress(self.rest + piece, most)
        self.rest = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        return data


class _Zstd:
    """One frame of zstd."""

    def __init__(self) -> None:
        self._stream = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
        self.rest = b""
        """What follows, at the end."""

    @property
    def hungry(self) -> bool:
        return self._stream.eof or self._stream.needs_input

    @property
    def ended(self) -> bool:
        return self._stream.eof

    def unpack(self, piece: bytes, most: int) -> bytes:
        data = self._stream.decompress(piece, most)
        self.rest = self._stream.unused_data
        return data


class _Brotli:
    """One stream of br; its bound is rounded up to what the library has at hand, some kilobytes."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self.rest = b""

    @property
    def hungry(self) -> bool:
        return self.ended or bool(self._stream.can_accept_more_data())

    @property
    def ended(self) -> bool:
        return bool(self._stream.is_finished())

    def unpack(self, piece: bytes, most: int) -> bytes:
        return bytes(self._stream.process(piece, output_buffer_limit=most))


class _InRow:
    """Packed streams one behind the other, as gzip and zstd may have them; what follows and is none is padding."""

    def __init__(self, make: Callable[[], _One], magic: bytes) -> None:
        self._make, self._magic = make, magic
        self._stream = make()
        self._rest = b""
        """What came after a stream's end and is too short to tell what it is."""
        self._over = False

    @property
    def hungry(self) -> bool:
        if self._stream.ended:
            return self._over or not self._magic or len(self._rest) < len(self._magic)
        return self._stream.hungry

    def unpack(self, piece: bytes, most: int) -> bytes:
        if self._stream.ended and not self._over:
            piece, self._rest = self._rest + piece, b""
            if len(piece) < len(self._magic):
                self._rest = piece
                return b""
            self._over = not self._magic or not piece.startswith(self._magic)
            if not self._over:
                self._stream = self._make()
        if self._over:
            return b""
        data = self._stream.unpack(piece, most)
        if self._stream.ended:
            self._rest = self._stream.rest
        return data
