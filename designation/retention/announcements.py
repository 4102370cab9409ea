"""Who is told what is due: whoever looks after it, a message a county and look."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import Over
from designation.announcements.subjects import SubjectKind
from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person, county_code
from designation.organizations.rules import seats
from designation.site import clock
from standards.language import of_the_record

from . import classes
from .models import Disposal
from .rules import LOOKING_AFTER

ANNOUNCED = "disposal.announce"


def declare() -> None:
    store(ANNOUNCED, said=("count", "first", "classes"))
    announce(
        Announcement(
            ANNOUNCED,
            tuple(Over(role) for role in LOOKING_AFTER),
            _("%(count)s 项内容保管期限将满，%(first)s起销毁。"),
            (
                _("类别：%(classes)s"),
                _("还要用的，请在“到期清单”中写明理由暂缓；要移交档案馆的，请先办理归档。"),
                _("在办的、有异议未办结的和称号有效的，都不在清单中。"),
            ),
        )
    )
    name_fields({"count": _("数量"), "first": _("最早销毁日期"), "classes": _("类别")})
    subjects.register(
        "retention.disposal",
        SubjectKind(
            opens=_("打开到期清单"),
            page=lambda _disposal: ("retention:list", []),
            may_see=_may_see,
            label=lambda _disposal: str(_("到期清单")),
        ),
    )


def _may_see(person: Person, key: str) -> bool:
    codes = Disposal.objects.filter(pk=key).values_list("jurisdiction_code", flat=True)
    return any(seats(person).holds_over(code, *LOOKING_AFTER) for code in codes)


def announced(rows: Sequence[Disposal]) -> None:
    """Tell of what was listed, and write it into the log: once a county."""
    by_county = defaultdict(list)
    for row in rows:
        by_county[_county(row)].append(row)
    for county, listed in by_county.items():
        _tell(county, listed)


def _county(row: Disposal) -> str:
    """Its code: whoever looks after a place looks after the county around it."""
    return county_code(row.jurisdiction_code)


def _tell(county: str, rows: Sequence[Disposal]) -> None:
    first = min(row.goes_on for row in rows)
    tell(
        Event(
            action=ANNOUNCED,
            subject=rows[0],
            jurisdiction_code=county,
            actor=None,
            role=WithoutSeat.SYSTEM,
            said={"count": str(len(rows)), "first": said.day(first), "classes": _counted(rows)},
            at=clock.now(),
        )
    )
    events.append(
        events.Entry(
            actor=None,
            action=ANNOUNCED,
            subject=rows[0],
            jurisdiction_code=county,
            role=WithoutSeat.SYSTEM,
            details={"count": len(rows), "goes_on": first},
        )
    )


@of_the_record()
def _counted(rows: Sequence[Disposal]) -> Any:
    counted = Counter(row.kept_class for row in rows)
    return said.rows((str(classes.of(code).name), str(n)) for code, n in counted.items())
