"""Adopting a sample: an explicit act, with a reason, on the record."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.divisions import codes_around
from designation.organizations.models import Jurisdiction, Person, Role
from designation.site import clock
from designation.site.reasons import LEAST_REASON
from designation.site.refusal import Refusal
from standards import publishing
from standards.models import StandardVersion

from .models import Adoption
from .rules import adopting_areas, may_adopt


class AdoptionRefused(Refusal):
    """The sample cannot be adopted."""


@transaction.atomic
def adopt_sample(
    version: StandardVersion, jurisdiction: Jurisdiction, *, actor: Person, reason: str
) -> Adoption:
    """Adopt a sample for ``jurisdiction``, with one audit event.

    The first county that adopts a sample publishes it: from then on it never changes. A county
    that comes later adopts the same text. Raises AdoptionRefused, and then changes nothing.
    """
    locked = StandardVersion.objects.select_for_update().get(pk=version.pk)
    reason = reason.strip()
    _refuse_what_cannot_be(locked, jurisdiction, actor, reason)
    now = clock.now()
    if locked.status == StandardVersion.Status.DRAFT:
        publishing.publish(locked, at=now)
    adoption = Adoption.objects.create(
        version=locked, jurisdiction=jurisdiction, adopted_by=actor, adopted_at=now, reason=reason
    )
    events.append(
        events.Entry(
            actor=actor,
            action="standard.adopt",
            subject=locked,
            jurisdiction_code=jurisdiction.code,
            role=Role.COUNTY_COORDINATOR,
            details={"reason": reason, "content_hash": locked.content_hash},
        )
    )
    return adoption


def _refuse_what_cannot_be(
    version: StandardVersion, jurisdiction: Jurisdiction, actor: Person, reason: str
) -> None:
    if not may_adopt(actor, jurisdiction):
        raise AdoptionRefused.because("not_allowed", _("只有县级经办人可以为本辖区采用示例标准。"))
    if not version.is_sample or version.status == StandardVersion.Status.RETIRED:
        raise AdoptionRefused.because("no_sample", _("这不是可以采用的示例标准。"))
    if len(reason) < LEAST_REASON:
        raise AdoptionRefused.because(
            "reason_too_short",
            _("请写明采用理由，不少于 %(count)s 个字。") % {"count": LEAST_REASON},
        )
    others = usable_standards(jurisdiction).filter(category=version.category)
    if others.exclude(pk=version.pk).exists():
        raise AdoptionRefused.because("text_in_force", _("本类已有正式标准，不能再采用示例标准。"))
    if Adoption.objects.filter(version=version, jurisdiction=jurisdiction).exists():
        raise AdoptionRefused.because("adopted_already", _("本辖区已经采用这一示例标准。"))


def areas_left(person: Person | AnonymousUser, version: StandardVersion) -> QuerySet[Jurisdiction]:
    """The person's jurisdictions that have not adopted ``version`` so far."""
    return adopting_areas(person).exclude(adoptions__version=version)


def usable_standards(jurisdiction: Jurisdiction) -> QuerySet[StandardVersion]:
    """The published standards that a round of ``jurisdiction`` may be judged by.

    Those that came with the system, then those entered for wider and for narrower areas around
    it. A sample is among them only where the jurisdiction adopted it.
    """
    return StandardVersion.objects.filter(
        Q(is_sample=False)
        | Q(pk__in=Adoption.objects.filter(jurisdiction=jurisdiction).values("version")),
        status=StandardVersion.Status.PUBLISHED,
        area_code__in=["", *codes_around(jurisdiction.code)],
    ).order_by("category", "area_code")


def nearest_standards(jurisdiction: Jurisdiction) -> dict[str, StandardVersion]:
    """By category, of ``usable_standards`` that of the narrowest area around ``jurisdiction``."""
    return {version.category: version for version in usable_standards(jurisdiction)}
