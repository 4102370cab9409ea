"""Notices of each county, whom they list, who signed them, and a few objections."""

from datetime import datetime, timedelta

from designation.site.clock import SHANGHAI
from workflows.stages.public_notice.text import notice_sha256

from . import terms
from .course import Notice, notices
from .people import holder
from .rounds import PRESENT, key
from .rows import insert, literal, model, moment, run
from .sizes import MOMENT

# Of each county: those that are published, in order, and then a draft.
_DRAFT = 3
_NOTICES_A_COUNTY = _DRAFT + 1
_PROPOSED_AT = datetime(2026, 5, 15, 10, 0, tzinfo=SHANGHAI)


def _notice_key(number: int | str) -> str:
    return f"(c * {_NOTICES_A_COUNTY} + {number} + 1)"


def write() -> None:
    for number, notice in enumerate(notices()):
        _notice(number, notice.which, _published(notice))
    _notice(
        _DRAFT,
        PRESENT,
        {
            "proposed_at": moment(_PROPOSED_AT),
            "secrecy_reviewed_by_id": holder("secrecy_reviewer"),
            "secrecy_reviewed_at": moment(_PROPOSED_AT + timedelta(hours=3)),
        },
    )
    _entries()
    _seal()
    _notice_steps()
    _objections()
    terms.write_of_notices()
    terms.write_of_objections()


def _published(notice: Notice) -> dict[str, str]:
    before = notice.published_at - timedelta(days=2)
    closed = notice.ends_at + timedelta(hours=10)
    period = notice.period
    return {
        "status": "'ended'" if notice.is_over else "'published'",
        "proposed_at": moment(before),
        "secrecy_reviewed_by_id": holder("secrecy_reviewer"),
        "secrecy_reviewed_at": moment(before + timedelta(hours=4)),
        "approved_by_id": holder("deciding_officer"),
        "approved_at": moment(before + timedelta(hours=26)),
        "published_by_id": holder("notice_publisher"),
        "published_at": moment(notice.published_at),
        "first_day": literal(period.first_day),
        "last_day": literal(period.last_day),
        "ends_at": moment(notice.ends_at),
        "working_days": str(period.days),
    } | (
        {"register_closed_by_id": holder("objection_officer"), "register_closed_at": moment(closed)}
        if notice.is_over
        else {}
    )


def _notice(number: int, which: int, values: dict[str, str]) -> None:
    insert(
        "workflows.Notice",
        "made_county",
        id=_notice_key(number),
        round_id=key(which),
        title="'关于' || name || '县拟命名示范点名单的公示'",
        basis="'依据本县示范点评定方案'",
        procedure="'经自评、初审、县级核查，并经会议研究'",
        meeting_name="'中共' || name || '县委常委会会议'",
        meeting_on=literal(
            (notices()[min(number, _DRAFT - 1)].published_at - timedelta(days=5)).date()
        ),
        meeting_attendance="'应到9人，实到9人'",
        meeting_result="'一致同意'",
        contact_unit="name || '县委组织部'",
        contact_phone="'0000-0000000'",
        contact_address="name || '县行政中心'",
        proposed_by_id=holder("county_coordinator"),
        **values,
    )


def _entries() -> None:
    listed = " ".join(f"WHEN '{n.fate}' THEN {number}" for number, n in enumerate(notices()))
    run(
        f"""
        CREATE TEMP TABLE made_entry ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY {_notice_key("number")}, id) AS id, c, id AS case_id,
          number, name, area_id, i
        FROM (SELECT *, CASE fate {listed} WHEN 'chosen' THEN {_DRAFT} END AS number
          FROM made_case WHERE fate <> 'chosen' OR i % 2 = 0) AS each
        WHERE number IS NOT NULL
        """
    )
    insert(
        "workflows.NoticeEntry",
        """made_entry JOIN organizations_jurisdiction AS area ON area.id = area_id
        ORDER BY made_entry.id""",
        id="made_entry.id",
        notice_id=_notice_key("number"),
        application_id="case_id",
        printed_name=f"CASE number WHEN {_DRAFT} THEN '' ELSE name END",
        printed_area=f"CASE number WHEN {_DRAFT} THEN '' ELSE area.name_zh END",
    )


def _seal() -> None:
    """What was published bears the hash of its text, by the house's own function."""
    kind = model("workflows.Notice")
    for notice in kind._default_manager.exclude(published_at=None).order_by("pk").iterator():
        kind._default_manager.filter(pk=notice.pk).update(text_sha256=notice_sha256(notice))


def _notice_steps() -> None:
    """Each signature that a notice bears, as it was given."""
    roles = {
        "proposed": "county_coordinator",
        "secrecy_reviewed": "secrecy_reviewer",
        "approved": "deciding_officer",
        "published": "notice_publisher",
        "register_closed": "objection_officer",
    }
    given = " UNION ALL ".join(
        f"SELECT id, '{act}' AS act, {act}_by_id AS actor_id, '{role}' AS role, {act}_at AS at"
        f" FROM workflows_notice WHERE {act}_at IS NOT NULL"
        for act, role in roles.items()
    )
    insert(
        "workflows.NoticeStep",
        f"({given}) AS given",
        id="row_number() OVER (ORDER BY at, id, act)",
        notice_id="id",
        act="act",
        actor_id="actor_id",
        role="role",
        at="at",
    )


def _objections() -> None:
    """A few of each published notice; those of the present one are not all closed."""
    handled = f"ends_at - interval '2 days' < {moment(MOMENT)}"
    received = "published_at + interval '1 day' + i % 7 * interval '1 hour'"
    insert(
        "workflows.Objection",
        f"""made_entry JOIN workflows_notice ON workflows_notice.id = {_notice_key("number")}
        WHERE number < {_DRAFT} AND i % 12 = 5 AND published_at IS NOT NULL""",
        id="row_number() OVER (ORDER BY made_entry.id)",
        entry_id="made_entry.id",
        receipt_code="upper(substr(md5('objection ' || c || ' ' || i), 1, 12))",
        is_named="false",
        facts="'该单位公示的活动场所面积与实际不符，请核实。'",
        status=f"CASE WHEN {handled} THEN 'dismissed' ELSE 'received' END",
        received_at=received,
        handled_by_id=f"CASE WHEN {handled} THEN {holder('objection_officer')} END",
        handled_at=f"CASE WHEN {handled} THEN {received} + interval '1 day' END",
        handling_reason=f"CASE WHEN {handled} THEN '反映具体，予以受理。' ELSE '' END",
        closed_by_id=f"CASE WHEN {handled} THEN {holder('objection_officer')} END",
        closed_at=f"CASE WHEN {handled} THEN {received} + interval '3 days' END",
        finding=f"CASE WHEN {handled} THEN '经实地丈量，面积与申报一致，异议不成立。' ELSE '' END",
    )
