"""The list of plaques (牌匾清单) that are to be made, where a county makes any."""

import io

from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Jurisdiction, Person
from designation.register import queries as register
from designation.register.models import Designation, DesignationDecision
from designation.register.rules import looked_after_by
from designation.register.standing import IN_FORCE
from designation.site import clock, endings, tables
from designation.site.refusal import Refusal
from standards.language import of_the_record
from standards.printing.spreadsheets import PrintedTable

from . import content, designs, rules
from .models import CertificateDesign

_WIDTHS = (6, 36, 14, 44, 24, 20, 20, 22)


@endings.act()
def listed(decision: DesignationDecision, county: Jurisdiction, *, actor: Person) -> bytes:
    """The plaques of the titles of a decision that are in force in the county, as an .xlsx.

    Raises Refusal for who does not look after its titles, and where the county makes no plaques.
    """
    role = rules.packing_role(actor, county)
    if role is None:
        raise Refusal.because("not_permitted", _("只有本县的审定人和县级经办人可以办理。"))
    design = designs.latest(county)
    if not design.makes_plaques:
        raise Refusal.because("no_plaques", _("本县不制作牌匾；要制作的，先在证书样式中选上。"))
    titles = titles_of(decision, county, actor)
    with of_the_record():
        made = _written(titles, decision, county, design)
    events.append(
        events.Entry(
            actor=actor,
            action="certificate.plaques",
            subject=decision,
            jurisdiction_code=county.code,
            role=role,
            details={"document_number": decision.document_number, "rows": len(titles)},
        )
    )
    return made


def titles_of(
    decision: DesignationDecision, county: Jurisdiction, actor: Person
) -> list[Designation]:
    mine = looked_after_by(actor).filter(
        decision=decision, jurisdiction__code__startswith=county.prefix
    )
    rows = register.titles().filter(pk__in=mine.order_by().values("pk"), status__in=IN_FORCE)
    return list(rows.order_by("jurisdiction__code", "number"))


def _written(
    titles: list[Designation],
    decision: DesignationDecision,
    county: Jurisdiction,
    design: CertificateDesign,
) -> bytes:
    above = [
        _("依据：%(body)s %(number)s")
        % {"body": decision.deciding_body, "number": decision.document_number},
        _("每个单位门口和室内挂牌有数量限制，制作前请与单位核对。　生成时间：%(at)s")
        % {"at": f"{tables.local(clock.now()):%Y-%m-%d %H:%M}"},
    ]
    heads = [
        _("序号"),
        _("单位"),
        _("类别"),
        _("牌匾文字"),
        _("落款"),
        _("材质"),
        _("尺寸"),
        _("名册编号"),
    ]
    table = PrintedTable(_("牌匾清单"), above, heads, _WIDTHS)
    for place, title in enumerate(titles, start=1):
        stated = content.stated(title, county, design)
        table.add(
            [
                place,
                stated["organization"],
                stated["category"],
                content.filled_in(design.plaque_text, stated),
                stated["deciding_body"],
                design.plaque_material,
                design.plaque_size,
                stated["title_number"],
            ]
        )
    file = io.BytesIO()
    table.write(file, dated=clock.now())
    return file.getvalue()
