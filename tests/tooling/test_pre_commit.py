"""The hooks before a commit fetch nothing and start what the set-up installed."""

import pytest
import yaml
from pre_commit import clientlib

from tooling.places import ROOT

CONFIG = ROOT / ".pre-commit-config.yaml"


@pytest.fixture
def hooks():
    clientlib.load_config(CONFIG)
    config = yaml.safe_load(CONFIG.read_text())
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    return config["repos"][0]["hooks"]


def test_every_hook_starts_a_program_of_the_environment(hooks):
    for hook in hooks:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")
        assert (ROOT / hook["entry"].split()[0]).exists()


def test_style_templates_translations_and_migrations_are_asked(hooks):
    assert [hook["id"] for hook in hooks] == [
        "ruff",
        "ruff-format",
        "djlint",
        "djangofmt",
        "translations",
        "migrations",
    ]
