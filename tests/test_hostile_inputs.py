"""Every input of every page takes what some medium refuses: no fault, and nothing altered beyond

what the table of ``tests.hostile`` says. A page that the table of addresses names is walked.
"""

import re
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from designation.applications.models import Stage
from designation.organizations.models import Role
from standards.characters import kept, line
from tests.hostile import HOSTILE, TOO_LONG
from tests.permissions.test_matrix import PAGES, PUBLIC, SIGNED_IN, World, close_file
from tests.public_addresses import public
from tests.sent_forms import forms_of
from workflows.rechecks import drawing

pytestmark = pytest.mark.django_db

_MARK = "龘"
_NUMBERS = ("9" * 5000, "9" * 30, "-1", "１２３", "1e999", "NaN", "\0", "٣", "0x1")
_ASKED = (
    "page",
    "round",
    "version",
    "with",
    "from",
    "to",
    "decision",
    "area",
    "text",
    "show",
    "turn",
    "check",
    "waiting",
    "application",
    "action",
    "category",
    "status",
    "next",
)
_OURS = (
    "standards",
    "organizations",
    "rounds",
    "applications",
    "workflows",
    "drafting",
    "audit",
    "adoptions",
    "register",
    "notifications",
    "site",
    "evidence",
)
# Where blanks are kept as a page shows them: what a stranger reads there is what was hashed.
_KEPT_AS_SEEN = {"rechecks:draw"}
# What a form of a page needs besides what it shows.
_FILLED = {
    "code": "341821077000",
    "username": "new.person",
    "email": "a@example.cn",
    "year_from": "",
    "year_to": "",
    "opens_at": "2026-03-02T09:00",
    "closes_at": "2026-04-02T09:00",
    "planned_on": "2026-03-20",
    "meeting_on": "2026-03-01",
    "decided_on": "2026-03-01",
    "approving_meeting_on": "2026-03-01",
    "started_at": "2026-03-02T08:00",
    "received_at": "2026-03-02T08:00",
}
# One spelling, or a part of another text: what else is typed there is told.
_NOT_FREE = {"code", "username", "phrase", "unit"}


def encodable(text):
    """As a browser sends it: half of a pair cannot be sent."""
    return text.encode(errors="replace").decode()


def several(longest=55):
    """All hostile texts, several at a time, as short as a field of names holds."""
    together = ""
    for sample in HOSTILE:
        if len(together) + len(sample.typed) > longest:
            yield encodable(_MARK + together)
            together = ""
        together += sample.typed
    yield encodable(_MARK + together)


_TYPED = tuple(several())


def rows():
    for (name, stage), roles in sorted(PAGES.items(), key=str):
        if roles:
            yield name, stage, min(roles)
    for name in sorted(PUBLIC - {"register:detail"}):
        yield name, Stage.ON_NOTICE, None
    for name in sorted(SIGNED_IN):
        yield name, Stage.DRAFT, Role.PREPARER.value


def send(client, form, values):
    """Send a form as a browser would, and take back whatever it did."""
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        send_by = client.post if form.method.lower() == "post" else client.get
        answer = send_by(form.action, values)
        close(answer)
        stored = list(texts_stored(asked)) if answer.status_code < 400 else []
        transaction.set_rollback(True)
    return answer, stored


def texts_stored(asked):
    """Texts with our mark in the tables that were written to."""
    written = {
        model
        for model in apps.get_models()
        if model._meta.app_label in _OURS
        and any(
            f'"{model._meta.db_table}"' in query["sql"]
            and query["sql"].startswith(("INSERT", "UPDATE"))
            for query in asked.captured_queries
        )
    }
    for model in written:
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
            and field.attname != "name_key"
        ]
        for row in model.objects.values_list(*names):
            yield from (text for value in row for text in texts_in(value) if _MARK in text)


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from texts_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts_in(member)


def close(answer):
    if answer.streaming:
        close_file(answer)


def _also_kept(name, text):
    return [drawing.as_seen(text)] if name in _KEPT_AS_SEEN else []


def ask_with_odd_numbers(client, address):
    """In the address itself, and under every name that some page reads."""
    for number in _NUMBERS:
        odd = re.sub(r"(?<=/)[0-9]+(?=/|$)", quote(number), address)
        asked = dict.fromkeys(_ASKED, number)
        for answer in (client.get(odd), client.get(address, asked)):
            assert answer.status_code < 500, (odd, number[:20])
            close(answer)


@pytest.mark.parametrize(("name", "stage", "role"), rows())
def test_every_input_takes_every_hostile_text(name, stage, role, client, held_clock):
    world = World(stage, held_clock)
    address = world.address(name) if role else world.address(name, public)
    if role:
        client.force_login(world.people[role])
    ask_with_odd_numbers(client, address)
    answer = client.get(address)
    if answer.streaming or "html" not in answer["Content-Type"]:
        close(answer)
        return
    for form in forms_of(answer, address):
        if form.action.endswith(("/language/", "/logout/", "/i18n/setlang/")):
            continue
        base = {n: v or _FILLED.get(n, "") for n, v in form.values.items()}
        free = form.texts - _NOT_FREE
        for typed in _TYPED:
            said, stored = send(client, form, base | dict.fromkeys(free, typed))
            assert said.status_code < 500, (form.action, typed)
            for text in stored:
                ways = (kept(typed), line(typed), *_also_kept(name, line(typed)))
                assert any(one in text for one in ways), (form.action, typed, text)
        for number in _NUMBERS:
            said, _stored = send(client, form, dict.fromkeys(base, number))
            assert said.status_code < 500, (form.action, number[:20])
        for one in sorted(set(base) - form.texts)[:8]:
            said, _stored = send(client, form, base | {one: "9" * 30})
            assert said.status_code < 500, (form.action, one)
        said, stored = send(client, form, base | dict.fromkeys(free, _MARK + TOO_LONG))
        assert said.status_code < 500, form.action
        assert all(TOO_LONG in text for text in stored), (form.action, "cut without a word")
