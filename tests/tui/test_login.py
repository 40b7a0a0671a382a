"""An operator without a name on this machine can work all the same."""

from __future__ import annotations

import getpass
import pwd

import pytest

from tui.login import login


def test_a_user_id_without_a_name_is_an_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    assert login() == getpass.getuser()

    def unknown(number: int) -> object:
        raise KeyError(f"getpwuid(): uid not found: {number}")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises((KeyError, OSError)):
        getpass.getuser()
    assert login() == "operator"
