"""Whatever is done, what everybody waits for is taken last: the head of the log."""

import re
import traceback
from pathlib import Path

import pytest
from django.db import connection

from .whole import Whole

pytestmark = pytest.mark.django_db
_ENDS = re.compile(r"(RELEASE )?SAVEPOINT")
ROOT = Path(__file__).parents[2]
ROOMS = ("designation", "workflows", "authoring", "reports")


def whence():
    """The functions of the site that are under way, the innermost last."""
    places = ((Path(frame.filename), frame.name) for frame in traceback.extract_stack())
    inside = [(path, name) for path, name in places if path.is_relative_to(ROOT)]
    found = [(path.relative_to(ROOT), name) for path, name in inside]
    return " › ".join(f"{path}:{name}" for path, name in found if path.parts[0] in ROOMS)


class HeadWatch:
    """Hears every statement; ``late`` are those that an act made while it held the head.

    The test's own transaction stands around all acts: an act ends where the last of its
    savepoints does.
    """

    def __init__(self):
        self.late, self.acts, self._held = [], 0, False

    def __call__(self, execute, sql, params, many, context):
        if not connection.savepoint_ids:
            self._held = False
        if "audit_chainhead" in sql:
            self.acts += not self._held
            if self._held:
                self._hear(sql)
            self._held = True
        elif self._held and "audit_auditevent" not in sql and not _ENDS.match(sql):
            self._hear(sql)
        return execute(sql, params, many, context)

    def _hear(self, sql):
        self.late.append(f"{sql[:60]} … {whence()}")


def test_no_act_does_anything_more_once_it_holds_the_head(county, own, held_clock):
    watch = HeadWatch()
    with connection.execute_wrapper(watch):
        Whole(county, own, held_clock, "zh-hans").walk()

    assert watch.acts > 50
    assert watch.late == []
