"""Who is told of a certificate: the head of the unit that holds the title, and who prepares."""

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import In
from designation.announcements.subjects import SubjectKind
from designation.organizations.models import Role
from designation.register import queries as register

from .models import Certificate
from .rules import fetched_by

ISSUED = "certificate.issue"


def declare() -> None:
    name_fields({"certificate": _("证书编号"), "replaces": _("原证书编号")})
    store(ISSUED, said=("organization", "certificate", "replaces"), parties=("holder",))
    announce(
        Announcement(
            ISSUED,
            (In(Role.HEAD, "holder"), In(Role.PREPARER, "holder")),
            _("%(organization)s的证书已发，编号%(certificate)s。"),
            (
                _("代替原证书：%(replaces)s"),
                _("证书可以下载、打印；任何人扫证书上的二维码，都能查到称号现在是否有效。"),
            ),
        )
    )
    subjects.register(
        "certificates.certificate",
        SubjectKind(
            opens=_("查看证书"),
            page=lambda certificate: ("certificates:check", certificate.place),
            may_see=lambda person, key: fetched_by(person).filter(pk=key).exists(),
        ),
    )


def issued(certificate: Certificate) -> None:
    """Tell the holder, within the transaction that issues it."""
    holder = register.holder(certificate.title)
    tell(
        Event(
            action=ISSUED,
            subject=certificate,
            jurisdiction_code=certificate.jurisdiction.code,
            actor=certificate.issued_by,
            role=certificate.role,
            said={
                "organization": said.name(holder),
                "certificate": certificate.number_said,
                "replaces": certificate.content["replaces"],
            },
            parties={"holder": holder.pk},
            at=certificate.issued_at,
        )
    )
