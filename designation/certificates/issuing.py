"""Issuing certificates: number, content and signature in one transaction, on titles in force."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Jurisdiction, Person, Role, county_code
from designation.organizations.rules import seats
from designation.register import queries as register
from designation.register.models import Designation
from designation.register.standing import IN_FORCE
from designation.site import clock, endings
from designation.site.refusal import Refusal
from standards.printing import coverage

from . import announcements, content, designs, keys, numbers, rules, series, signing
from .models import Certificate, CertificateDesign, SigningKey


def latest(title: Designation) -> Certificate | None:
    """The certificate of the title that no other has taken the place of."""
    return Certificate.objects.filter(title=title, superseded_by__isnull=True).first()


@endings.act()
def issue(title: Designation, *, actor: Person) -> Certificate:
    """Issue the certificate of a title, or one in the place of that which states it otherwise.

    Raises Refusal for who gives no titles there, for one of their own organization, for a title
    that is not in force, and where the certificate that there is states the same.
    """
    county = county_of(title)
    role = _issuing_role(actor, county)
    held = _held([title.pk])[0]
    if own := rules.own_organization(held, actor, county):
        raise Refusal([own])
    if held.status not in IN_FORCE:
        told = _("称号现为“%(status)s”，不能发证。") % {"status": held.status_label}
        raise Refusal.because("not_in_force", told, rule=_("称号有效才能发证"))
    former, press = latest(held), Press(county, actor, role)
    if former and not press.would_differ(held, former):
        told = _("%(number)s与现在的名称、期限和样式一致，不用换发，可以直接下载。")
        raise Refusal.because("same_certificate", told % {"number": former.number_said})
    if signs := press.not_printed(held):
        told = _("没有字体可以印“%(signs)s”，印不成证书。请联系负责运行本系统的技术人员加装字体。")
        raise Refusal.because("not_printed", told % {"signs": "".join(signs)})
    return press.issue(held, former)


@endings.act()
def issue_first(titles: Iterable[int], county: Jurisdiction, *, actor: Person) -> int:
    """Issue the first certificate of each title by key, in force and without one; says how many.

    One whose name no font holds is left for whoever issues it alone, who is told. Raises Refusal
    for who gives no titles there. Those of their own organization are left for another.
    """
    press = Press(county, actor, _issuing_role(actor, county))
    others = rules.but_their_own(titles, actor, county)
    held = [title for title in _held(others) if title.status in IN_FORCE]
    known = Certificate.objects.filter(title__in=held).values_list("title_id", flat=True)
    have = set(known)
    lacking = [title for title in held if title.pk not in have and not press.not_printed(title)]
    for title in lacking:
        press.issue(title, None)
    return len(lacking)


def county_of(title: Designation) -> Jurisdiction:
    """The one whose certificates tell of the title."""
    return Jurisdiction.objects.get(code=county_code(title.jurisdiction.code))


def _issuing_role(actor: Person, county: Jurisdiction) -> Role:
    role = rules.issuing_role(actor, county)
    if role is None:
        raise Refusal.because("not_permitted", _("请由本组织所在辖区的审定人办理。"))
    return role


def _held(titles: Iterable[int]) -> Sequence[Designation]:
    """The titles as they stand today, locked in one order before any number is taken.

    Read anew once they are locked: the statement that waited saw the history of before.
    """
    rows = register.titles().select_related("decision", "jurisdiction").filter(pk__in=titles)
    waited = Designation.objects.select_for_update(of=("self",))
    locked = [title.pk for title in waited.filter(pk__in=titles).order_by("pk")]
    return list(rows.filter(pk__in=locked).order_by("pk"))


class Press:
    """One person issuing certificates of one county, in one transaction."""

    def __init__(self, county: Jurisdiction, actor: Person, role: Role) -> None:
        self.county, self.actor, self.role = county, actor, role
        self.design: CertificateDesign = designs.latest(county)
        self.signer = signing.signer()
        self.key: SigningKey = keys.in_use(self.signer)
        self.acted_for = seats(actor).in_whose_place(role, code=county.code)

    def would_differ(self, title: Designation, former: Certificate) -> bool:
        """Whether a new one would state something else, look otherwise or bear another key."""
        told = content.stated(title, self.county, self.design)
        return (
            not content.is_the_same(former, told)
            or former.design_id != self.design.pk
            or former.key_id != self.key.pk
        )

    def not_printed(self, title: Designation) -> list[str]:
        """What of its sentence no font here holds: a box on a certificate would be a fault."""
        return coverage.not_printed(content.stated(title, self.county, self.design)["text"])

    def issue(self, title: Designation, former: Certificate | None) -> Certificate:
        today = clock.today()
        number = series.take(self.county, today.year)
        certificate = Certificate(
            title=title,
            jurisdiction=self.county,
            year=today.year,
            number=number,
            design=self.design if self.design.pk else None,
            key=self.key,
            supersedes=former,
            issued_on=today,
            issued_by=self.actor,
            acted_for=self.acted_for,
            role=self.role,
            issued_at=clock.now(),
        )
        certificate.content = content.numbered(
            content.stated(title, self.county, self.design),
            number=numbers.said(today.year, number),
            check_page=certificate.check_page,
            replaces=former,
        )
        certificate.sha256 = signing.digest(certificate.content)
        certificate.signature = self.signer.sign(certificate.content)
        certificate.save()
        self._record(certificate)
        announcements.issued(certificate)
        return certificate

    def _record(self, certificate: Certificate) -> None:
        events.append(
            events.Entry(
                actor=self.actor,
                action="certificate.issue",
                subject=certificate,
                jurisdiction_code=self.county.code,
                role=self.role,
                acted_for=self.acted_for,
                details={
                    "organization": certificate.content["organization"],
                    "title_number": certificate.content["title_number"],
                    "certificate": certificate.number_said,
                    "replaces": certificate.content["replaces"],
                    "key_id": self.key.key_id,
                    "sha256": certificate.sha256,
                },
            )
        )
