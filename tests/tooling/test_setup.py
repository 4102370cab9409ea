"""Which Python the set-up takes."""

import pytest

from tooling import setup


def test_an_older_python_is_refused_with_what_to_do():
    with pytest.raises(SystemExit, match="run make with PYTHON="):
        setup.say_what_was_tried((3, 10))


def test_a_newer_python_is_let_in_and_said_to_be_untried(capsys):
    setup.say_what_was_tried((3, 12))
    assert "Python 3.12 is untried" in capsys.readouterr().out


def test_of_the_python_that_the_tests_run_with_nothing_is_said(capsys):
    setup.say_what_was_tried((3, 11))
    assert capsys.readouterr().out == ""
