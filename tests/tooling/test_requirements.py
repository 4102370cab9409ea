"""What set-up installs is pinned, hashed, and named without a place to fetch it from."""

import json
import re

import pytest

from tooling.places import ROOT

LOCKED = sorted((ROOT / "requirements").glob("*.txt"))
WRITTEN = [*LOCKED, *sorted((ROOT / "requirements").glob("*.in")), ROOT / "package.json"]
PINNED = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^\s;]+")


def requirements(file):
    """The logical lines of a requirements file, continuation lines joined."""
    joined = file.read_text().replace("\\\n", " ")
    lines = (line.split(" #")[0].strip() for line in joined.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def test_there_is_a_locked_list_for_each_kind_of_set_up():
    assert [file.stem for file in LOCKED] == ["base", "local", "mutants", "test"]


@pytest.mark.parametrize("file", LOCKED, ids=lambda file: file.name)
def test_every_requirement_is_pinned_and_hashed(file):
    loose = [
        line for line in requirements(file) if not (PINNED.match(line) and "--hash=sha256:" in line)
    ]
    assert loose == []


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.name)
def test_no_list_names_a_host(file):
    assert not re.search(r"https?://|index-url|find-links|registry", file.read_text())


def test_the_larger_lists_hold_the_smaller_ones():
    names = {file.stem: {line.split("==")[0] for line in requirements(file)} for file in LOCKED}
    assert names["base"] < names["local"] < names["test"] < names["mutants"]


def test_front_end_packages_are_locked_with_their_hashes_and_without_a_host():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert fetched
    assert all("integrity" in package for package in fetched.values())
    assert not any("resolved" in package for package in fetched.values())
