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
from designation.site.refusal import Finding, Refusal

from . import announcements, content, designs, keys, numbers, queries, rules, series, signing
from .manner import Manner
from .models import Certificate, SigningKey


def latest(title: Designation) -> Certificate | None:
    """The certificate of the title that no other has taken the place of."""
    return queries.latest_of_titles([title.pk]).get(title.pk)


def not_in_force(title: Designation) -> Finding | None:
    """Why a title gets none as it stands, a row of ``register.titles``; None where it may."""
    if title.status in IN_FORCE:
        return None
    told = _("称号现为“%(status)s”，不能发证。") % {"status": title.status_label}
    return Finding("not_in_force", _("称号有效才能发证"), told)


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
    if ended := not_in_force(held):
        raise Refusal([ended])
    former, press = latest(held), Press(county, actor, role)
    if former and not press.manner.would_differ(held, former):
        told = _("%(number)s与现在的名称、期限和样式一致，不用换发，可以直接下载。")
        raise Refusal.because("same_certificate", told % {"number": former.number_said})
    if unprinted := press.manner.not_printed(held):
        raise Refusal(unprinted)
    return press.issue(held, former)


@endings.act()
def issue_first(titles: Iterable[int], county: Jurisdiction, *, actor: Person) -> int:
    """Issue the first certificate of each title by key, in force and without one; says how many.

    One of which no font holds a sign is left out, and listed with its reason on the page of the
    decision; one of their own organization is left for another. Raises Refusal for who gives no
    titles there.
    """
    press = Press(county, actor, _issuing_role(actor, county))
    others = _in_force(rules.but_their_own(titles, actor, county))
    return press.issue_all((title, None) for title, former in others if former is None)


@endings.act()
def issue_anew(titles: Iterable[int], county: Jurisdiction, *, actor: Person) -> int:
    """Replace the certificate of each title by key, in force, that states it otherwise than today.

    After a renaming, another design, another signing key or another address of the site; says how
    many. One of which no font holds a sign keeps the one it has, and so does one of their own
    organization. Raises Refusal as above.
    """
    press = Press(county, actor, _issuing_role(actor, county))
    return press.issue_all(
        (title, former)
        for title, former in _in_force(rules.but_their_own(titles, actor, county))
        if former and press.manner.would_differ(title, former)
    )


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


def _in_force(titles: Iterable[int]) -> list[tuple[Designation, Certificate | None]]:
    """Those of the titles in force, locked, each with the certificate that counts."""
    held = [title for title in _held(titles) if title.status in IN_FORCE]
    known = queries.latest_of_titles(title.pk for title in held)
    return [(title, known.get(title.pk)) for title in held]


class Press:
    """One person issuing certificates of one county, in one transaction."""

    def __init__(self, county: Jurisdiction, actor: Person, role: Role) -> None:
        self.county, self.actor, self.role = county, actor, role
        self.signer = signing.signer()
        self.key: SigningKey = keys.in_use(self.signer)
        self.manner = Manner(county, designs.latest(county), self.key.key_id)
        self.acted_for = seats(actor).in_whose_place(role, code=county.code)

    def issue_all(self, each: Iterable[tuple[Designation, Certificate | None]]) -> int:
        """Issue for each title what takes the place of the former one, if it can be printed."""
        made = 0
        for title, former in each:
            if not self.manner.not_printed(title):
                self.issue(title, former)
                made += 1
        return made

    def issue(self, title: Designation, former: Certificate | None) -> Certificate:
        today = clock.today()
        number = series.take(self.county, today.year)
        certificate = Certificate(
            title=title,
            jurisdiction=self.county,
            year=today.year,
            number=number,
            design=self.manner.design if self.manner.design.pk else None,
            key=self.key,
            supersedes=former,
            issued_on=today,
            issued_by=self.actor,
            acted_for=self.acted_for,
            role=self.role,
            issued_at=clock.now(),
        )
        certificate.content = content.numbered(
            self.manner.stated(title),
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
