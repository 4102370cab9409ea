"""What set-up installs is pinned, hashed, and named without a place to fetch it from."""

import json
import re
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tooling.places import ROOT

LOCKED = sorted((ROOT / "requirements").glob("*.txt"))
WRITTEN = [*LOCKED, *sorted((ROOT / "requirements").glob("*.in")), ROOT / "package.json"]
PINNED = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z0-9, ]+\])?==[^\s;]+")


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


def asked_with_extras(name):
    """What the package of this name asks for by an extra, as (name, extra); none if not here."""
    try:
        asked = [Requirement(line) for line in requires(name) or ()]
    except PackageNotFoundError:
        return set()
    wanted = (one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""}))
    return {(canonicalize_name(one.name), extra) for one in wanted for extra in one.extras}


@pytest.mark.parametrize("file", LOCKED, ids=lambda file: file.name)
def test_a_package_asked_for_with_an_extra_is_pinned_with_it(file):
    """Else pip looks for the newest version of the two together, and refuses it as not pinned."""
    pinned = [Requirement(line.split(" --hash")[0]) for line in requirements(file)]
    held = {(canonicalize_name(one.name), extra) for one in pinned for extra in one.extras}
    asked = set().union(*(asked_with_extras(one.name) for one in pinned))
    assert asked <= held


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.name)
def test_no_list_names_a_host(file):
    assert not re.search(r"https?://|index-url|find-links|registry", file.read_text())


def test_the_larger_lists_hold_the_smaller_ones():
    names = {
        file.stem: {re.split(r"\[|==", line)[0] for line in requirements(file)} for file in LOCKED
    }
    assert names["base"] < names["local"] < names["test"] < names["mutants"]


def test_front_end_packages_are_locked_with_their_hashes_and_without_a_host():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert fetched
    assert all("integrity" in package for package in fetched.values())
    assert not any("resolved" in package for package in fetched.values())
