"""A stranger checks an archive by the script of the document, and is told which file is wrong."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from tests.course import PDF
from tests.reports import archives
from tooling.places import ROOT

pytestmark = pytest.mark.django_db

DOCUMENT = (ROOT / "docs" / "archive.md").read_text()
SCRIPT = re.search(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)[1]
EVIDENCE = "03-佐证材料/001-会议记录.pdf"


@pytest.fixture
def content(client, county):
    application = county.at(Stage.SUBMITTED)
    county.act("reject", application, county.reviewer, opinion="不符合申报条件，不予推荐。")
    address = reverse("reports:archive_case", args=[application.pk])
    return archives.made(client, county.coordinator, address)


def checked(tmp_path, content, *words):
    (tmp_path / "check.py").write_text(SCRIPT)
    (tmp_path / "archive.zip").write_bytes(content)
    command = [sys.executable, "-I", "check.py", "archive.zip", *words]
    told = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C.UTF-8"},
    )
    return told.returncode, told.stdout.splitlines()[1:], told.stderr


def rewritten(content, change):
    """The archive with ``change`` applied to its files by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, said in files.items():
            archive.writestr(name, said)
    return made.getvalue()


def test_a_good_one_is_whole(tmp_path, content):
    assert checked(tmp_path, content) == (0, ["OK"], "")
    own = hashlib.sha256(archives.opened(content).read("manifest.json")).hexdigest()
    assert checked(tmp_path, content, own) == (0, ["OK"], "")


def test_a_changed_file_is_named(tmp_path, content):
    changed = rewritten(content, lambda files: files.update({EVIDENCE: b"%PDF-1.4 forged"}))

    assert checked(tmp_path, changed) == (1, [f"changed: {EVIDENCE}"], "")


def test_a_byte_turned_on_the_disk_is_named(tmp_path, content):
    place = content.index(PDF)
    turned = content[:place] + b"X" + content[place + 1 :]

    assert checked(tmp_path, turned) == (1, [f"changed: {EVIDENCE}"], "")


def test_a_missing_file_is_named(tmp_path, content):
    short = rewritten(content, lambda files: files.pop(EVIDENCE))

    assert checked(tmp_path, short) == (1, [f"missing: {EVIDENCE}"], "")


def test_an_added_file_is_named(tmp_path, content):
    longer = rewritten(content, lambda files: files.update({"03-佐证材料/新.pdf": b"%PDF-"}))

    assert checked(tmp_path, longer) == (1, ["added: 03-佐证材料/新.pdf"], "")


def test_a_forged_list_is_found_by_the_hash_that_the_county_keeps(tmp_path, content):
    own = hashlib.sha256(archives.opened(content).read("manifest.json")).hexdigest()

    def forge(files):
        files[EVIDENCE] = b"%PDF-1.4 forged"
        said = json.loads(files["manifest.json"])
        for one in said["files"]:
            one["sha256"] = hashlib.sha256(files[one["path"]]).hexdigest()
        files["manifest.json"] = json.dumps(said).encode()
        lines = [f"{one['sha256']}  {one['path']}\n" for one in said["files"]]
        lines.append(f"{hashlib.sha256(files['manifest.json']).hexdigest()}  manifest.json\n")
        files["SHA256SUMS"] = "".join(lines).encode()

    forged = rewritten(content, forge)

    assert checked(tmp_path, forged)[:2] == (0, ["OK"])
    assert checked(tmp_path, forged, own) == (1, ["changed: manifest.json"], "")


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_sha256sum_agrees(tmp_path, content):
    archives.opened(content).extractall(tmp_path)
    command = ["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"]
    good = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (tmp_path / EVIDENCE).write_bytes(b"%PDF-1.4 forged")

    bad = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (good.returncode, good.stdout) == (0, "")
    assert bad.returncode == 1
    assert EVIDENCE in bad.stdout
