"""gzip and deflate, inflated piece by piece under a cap that holds while inflating, not after."""

from __future__ import annotations

import zlib
from typing import Final

from feeds.errors import TooLarge, Unreachable

_GZIP: Final = 16 + zlib.MAX_WBITS
_ZLIB: Final = zlib.MAX_WBITS
_RAW: Final = -zlib.MAX_WBITS
ENCODINGS: Final = "gzip, deflate"
"""What a request says it accepts."""


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
        if self._name not in ("", "gzip", "deflate"):
            raise Unreachable(f"the body is packed in a way that was not asked for ({encoding[:60]})")
        self._cap = cap
        self._body = bytearray()
        self._stream: zlib._Decompress | None = None
        self._started = False

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
        except zlib.error as error:
            raise Unreachable(f"the packed body is broken ({error})") from error

    def body(self) -> bytes:
        """All that was inflated."""
        return bytes(self._body)

    def _inflate(self, piece: bytes) -> None:
        if not self._started:
            self._started = True
            self._stream = zlib.decompressobj(self._window(piece))
        while piece and self._stream is not None:
            # One byte over the cap is enough to know, and all that is ever inflated past it.
            self._keep(self._stream.decompress(piece, self._cap - len(self._body) + 1))
            piece = self._stream.unconsumed_tail
            if self._stream.eof:
                piece = self._stream.unused_data
                # gzip may be several members in a row; what follows and is none is padding.
                more = self._name == "gzip" and piece.startswith(b"\x1f\x8b")
                self._stream = zlib.decompressobj(_GZIP) if more else None

    def _window(self, first: bytes) -> int:
        if self._name == "gzip":
            return _GZIP
        # "deflate" is zlib by the standard and bare by custom; a zlib header says which.
        wrapped = first[0] & 0x0F == 8 and (len(first) < 2 or (first[0] << 8 | first[1]) % 31 == 0)
        return _ZLIB if wrapped else _RAW

    def _keep(self, data: bytes) -> None:
        if len(self._body) + len(data) > self._cap:
            raise TooLarge(f"the body is larger than {self._cap:,} bytes")
        self._body += data
