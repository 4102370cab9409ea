"""A production start without its secrets fails, and says which are missing."""

import json
import os
import re
import subprocess
import sys

import pytest

from tooling.places import ROOT

COMPLETE = {
    "SECRET_KEY": "a-long-random-text-of-a-county-0123456789-abcdefghijk",
    "FIELD_KEY": "another-long-random-text-kept-apart-from-the-backups",
    "DATABASE_URL": "postgres://designation:secret@database.example/designation",
    "REDIS_URL": "redis://queue.example:6379/0",
    "ALLOWED_HOSTS": "designation.example",
    "SITE_ADDRESS": "https://designation.example",
    "EMAIL_URL": "smtp+tls://clerk:secret@mail.example:587",
}


def start(environment, *command):
    """Run a management command as production would start it."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command, "--settings", "designation.settings.production"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=inherited | environment,
    )


@pytest.mark.parametrize("name", COMPLETE)
def test_each_missing_setting_is_named_with_what_it_holds(name):
    environment = {key: value for key, value in COMPLETE.items() if key != name}
    result = start(environment, "check")
    assert result.returncode != 0
    assert "Production needs these environment variables" in result.stderr
    assert f"  {name}: " in result.stderr


def test_a_complete_environment_passes_the_deployment_check():
    result = start(COMPLETE, "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


def test_mail_goes_where_the_environment_says():
    result = start(
        COMPLETE,
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS)",
    )
    assert result.stdout.split() == ["mail.example", "587", "True"], result.stderr


def test_the_demo_clock_is_not_to_be_found_in_production():
    result = start(
        COMPLETE,
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings as s; print('demo' in str(s.INSTALLED_APPS))",
    )
    assert result.stdout.split() == ["False"], result.stderr


def test_static_files_are_gathered_under_names_that_tell_their_content(tmp_path):
    result = start(COMPLETE | {"STATIC_ROOT": str(tmp_path)}, "collectstatic", "--noinput")
    assert result.returncode == 0, result.stderr
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert names["tabler/css/tabler.min.css"] != "tabler/css/tabler.min.css"
    assert (tmp_path / names["designation.css"]).exists()


def test_modules_of_the_script_import_each_other_by_the_name_of_their_content(tmp_path):
    result = start(
        COMPLETE | {"STATIC_ROOT": str(tmp_path)}, "collectstatic", "--no-input", "--verbosity", "0"
    )

    assert result.returncode == 0, result.stderr
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    main = (tmp_path / names["saving/main.js"]).read_text()
    imported = re.findall(r'"\./([^"]+)"', main)
    assert imported
    assert {f"saving/{name}" for name in imported} <= set(names.values())
