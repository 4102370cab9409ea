"""Asking for an archive: a worker makes it, as the file of a long list."""

from django.urls import reverse
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.exports import asking as exports
from designation.exports import rules as holding
from designation.exports.models import Export, Format
from designation.organizations.models import Person
from designation.rounds.models import Round
from designation.site import clock, endings
from designation.site.refusal import Refusal
from designation.site.text import file_name
from standards.language import of_the_record

from . import rules

# What the file is; the code of its kind of job too.
ARCHIVE = "archive"
CASE, ROUND = "case", "round"


@endings.act()
def of_case(application: Application, *, actor: Person) -> Export:
    """Have one case archived.

    Raises Refusal for a case that is not the person's or has not ended, and while another file of
    the person's is being made.
    """
    found = rules.concluded(actor).filter(pk=application.pk).first()
    if found is None:
        raise _refused()
    with of_the_record():
        title = _("%(name)s案卷") % {"name": found.organization.name_zh}
    page = reverse("reports:archive_case", args=[found.pk])
    return _asked(f"{CASE} {found.pk}", title, page, actor)


@endings.act()
def of_round(round_: Round, *, actor: Person) -> Export:
    """Have all cases of a round archived that have ended. Raises Refusal as ``of_case``."""
    found = rules.rounds(actor).filter(pk=round_.pk).first()
    if found is None:
        raise _refused()
    if not rules.concluded(actor).filter(round=found).exists():
        raise Refusal.because("nothing_ended", _("这个批次还没有办结的申报，没有可以归档的。"))
    with of_the_record():
        title = _("%(name)s归档") % {"name": found.name_zh}
    page = reverse("reports:archive_round", args=[found.pk])
    return _asked(f"{ROUND} {found.pk}", title, page, actor)


def _refused() -> Refusal:
    told = _("只有县级经办人可以归档本县已办结的申报。")
    return Refusal.because("not_allowed", told)


def _asked(subject: str, title: str, page: str, actor: Person) -> Export:
    return exports.by_a_worker(
        Export(
            maker=actor,
            what=ARCHIVE,
            subject=subject,
            title=file_name(title),
            asked=page,
            format=Format.ZIP,
            asked_at=clock.now(),
            seats=holding.held_by(actor),
        )
    )
