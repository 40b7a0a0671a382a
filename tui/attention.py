"""What draws a person's attention to a terminal: its bell, and a notification of its own (OSC 9, OSC 777)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from feeds.safetext import one_line

BELL: Final = "\x07"
OSC9: Final = "osc9"
OSC777: Final = "osc777"
_LONGEST: Final = 200


def notification(how: str, words: str, environment: Mapping[str, str] = os.environ) -> str:
    """The control sequence that shows words as the terminal's own notification; empty when there is to be none.

    The words are cleaned to printable text on one line, so that nothing of the news ends the sequence or begins another;
    semicolons, which part its fields, are taken out. Inside tmux it is wrapped so that tmux hands it through.
    """
    clean = "".join(each for each in one_line(words).replace(";", ",") if each.isprintable())[:_LONGEST]
    if how == OSC9:
        # "9;4;" would move a progress bar: the words never begin with a figure.
        sequence = f"\x1b]9;warwatch: {clean}\x1b\\"
    elif how == OSC777:
        sequence = f"\x1b]777;notify;warwatch;{clean}\x1b\\"
    else:
        return ""
    if environment.get("TMUX"):
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return sequence
