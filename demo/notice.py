"""A notice of the demo that hangs: one proof of posting is still wanting, two objections joined."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from designation.applications.models import Application
from designation.evidence import library
from designation.organizations.models import Organization, Person
from designation.rounds.models import Round
from designation.site import clock
from workflows.stages.objections.joining import join
from workflows.stages.objections.objections import accept, raise_objection
from workflows.stages.public_notice import notices, postings
from workflows.stages.public_notice.models import Notice

from . import under_way


def hang(
    data: dict[str, Any],
    round_: Round,
    bodies: dict[str, Organization],
    people: dict[str, Person],
) -> Notice:
    """Bring the application on notice; its round takes none any more, so that one is found."""
    entry = data["under_way"]
    application = under_way.walk(entry, round_, bodies, people)
    under_way.hold(data["meeting"], round_, {entry["organization"]: application}, people)
    round_.status = Round.Status.CLOSED
    round_.save(update_fields=["status"])
    notice = _published(data, round_, application, people)
    _posted(data["posted"], notice, people[entry["coordinator"]])
    _objected(data["objections"], notice, people)
    return notice


def _published(
    data: dict[str, Any], round_: Round, application: Application, people: dict[str, Person]
) -> Notice:
    held, by = data["meeting"], data["signed_by"]
    printed = data["notice"] | {
        "meeting_name": held["meeting"],
        "meeting_on": clock.today(),
        "meeting_attendance": held["attendance"],
        "meeting_result": held["result"],
    }
    application.refresh_from_db()
    notice = notices.propose(round_, printed, [application], actor=people[by["propose"]])
    notices.review_secrecy(notice, actor=people[by["review_secrecy"]])
    notices.approve(notice, actor=people[by["approve"]])
    notices.publish(notice, actor=people[by["publish"]])
    return Notice.objects.select_related("round__jurisdiction").get(pk=notice.pk)


def _posted(said: dict[str, str], notice: Notice, coordinator: Person) -> None:
    picture = library.receive(SimpleUploadedFile("公示截图.png", _screen()))
    on = {"posted_on": clock.today().isoformat()}
    postings.record(notice, said | on, picture, actor=coordinator)


def _screen() -> bytes:
    """A page with a head and lines, as one sees it from afar."""
    page = Image.new("RGB", (640, 400), "white")
    drawn = ImageDraw.Draw(page)
    drawn.rectangle((0, 0, 640, 56), fill="#9b1c1c")
    for line in range(6):
        drawn.rectangle((60, 110 + 40 * line, 580 - 60 * (line % 3), 122 + 40 * line), "#c9ced6")
    file = io.BytesIO()
    page.save(file, "PNG")
    return file.getvalue()


def _objected(data: dict[str, Any], notice: Notice, people: dict[str, Person]) -> None:
    entry = notice.entries.get()
    leading, *others = [
        raise_objection(entry, facts=facts, identity=None) for facts in data["facts"]
    ]
    officer = people[data["officer"]]
    accept(leading, reason=data["accepted_because"], actor=officer)
    leading.refresh_from_db()
    join(leading, others, reason=data["joined_because"], actor=officer)
