"""``make data`` and ``make open`` refuse what they cannot do before they start anything."""

import os
import subprocess
import sys

import pytest

from tooling import data
from tooling.places import ROOT


def told(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "tooling.data", *arguments],
        check=False,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("wanted", ["fill", "open"])
def test_a_size_that_there_is_not_starts_no_server(wanted):
    ended = told(wanted, "village")

    assert ended.returncode == 1
    assert ended.stderr == "SIZE is one of county, prefecture, province.\n"
    assert not (ROOT / ".local" / "data-village").exists()


def test_a_site_is_opened_only_on_data_that_was_made(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(data, "LOCAL", tmp_path)

    with pytest.raises(SystemExit, match="no data of that size yet: make data SIZE=prefecture"):
        data.open_site("prefecture")


def test_data_once_made_is_opened_where_it_was_made(monkeypatch, tmp_path):
    opened = []
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(data, "LOCAL", tmp_path)
    monkeypatch.setattr(data.demo, "main", opened.append)
    (tmp_path / "data-county").mkdir()
    (tmp_path / "data-county" / "filled").touch()

    data.open_site("county")

    assert opened == ["data-county"]
