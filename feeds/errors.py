"""Every error that warwatch raises on purpose; each prints as one line that says what and what to do.

WarwatchError
├── InputError          a file or text that the operator named cannot be used
│   └── TermError       a watch term that cannot be read (position, what)
├── FetchError          a feed could not be fetched
│   ├── Refused         scheme, address or redirect that is not allowed
│   ├── TooLarge        more bytes than the cap once inflated
│   ├── TooSlow         the total deadline passed
│   └── Unreachable     no answer: DNS, connection, TLS, protocol
├── ParseError          a body that is no feed
├── TheatreError        a theatre that is unknown or broken (file, line, what)
├── ArchiveError        an archive that cannot be opened or written
│   └── PassingError    not just now: its disk is full, its server away; it may well go in a moment
└── DeskError           a desk that cannot be read or written
"""


class WarwatchError(Exception):
    """Something an operator can read, understand and act on."""


class InputError(WarwatchError):
    """A file or text named on the command line cannot be used."""


class TermError(InputError):
    """A watch term with a mistake in it: the position and what is wrong there."""


class FetchError(WarwatchError):
    """A feed could not be fetched."""


class Refused(FetchError):
    """A scheme, address or redirect that is not allowed."""


class TooLarge(FetchError):
    """More bytes than the cap, once inflated."""


class TooSlow(FetchError):
    """The total deadline passed before the body was complete."""


class Unreachable(FetchError):
    """No usable answer from the server: DNS, connection, TLS or protocol."""


class ParseError(WarwatchError):
    """A body that is no feed of any known kind."""


class TheatreError(WarwatchError):
    """A theatre that is unknown or whose files are broken."""


class ArchiveError(WarwatchError):
    """An archive that cannot be opened, read or written."""


class PassingError(ArchiveError):
    """An archive that cannot be read or written just now; the same may well go in a moment."""


class DeskError(WarwatchError):
    """A desk that cannot be read or written."""
