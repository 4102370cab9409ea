"""What must hold of a round that is filled in: small rules over plain values.

Each finding says its field. Asked by ``configuring`` of whatever is kept, and by the forms beside
what is typed.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from designation.organizations.models import Jurisdiction, Level
from designation.site.refusal import Finding
from designation.site.text import excess_told

from .models import LAWFUL_ORGANIZERS, Method, OrganizerLevel
from .words import BODY, DOCUMENT, FIGURE, METHOD, TERM

LEAST_PLACES, MOST_PLACES = 1, 1000
# Of a category: that it takes as many as meet the standard.
NO_LIMIT: Final = -1
# In characters; our default for the first, the columns' for the others.
LONGEST_DEFINITION, LONGEST_DOCUMENT, LONGEST_BODY = 1000, 200, 120


def of_area(area: Jurisdiction) -> Iterable[Finding]:
    """That a township, which reviews, begins no round."""
    if area.level == Level.TOWNSHIP:
        told = _("乡镇(街道)不开展批次，请选择县级或者以上的辖区。")
        yield Finding("township", "", told, field="jurisdiction")


def of_organizer(level: str) -> Iterable[Finding]:
    """《创建示范活动管理办法(试行)》: who may organize such an activity."""
    if level in LAWFUL_ORGANIZERS:
        return
    told = _("市县党委、政府的部门不得以自己名义主办，可作为承办单位；请填写党委或政府为主办单位。")
    if level == OrganizerLevel.TOWNSHIP:
        told = _("乡镇(街道)不得主办创建示范活动。请由县级党委、政府主办，乡镇(街道)负责初审。")
    yield Finding("unlawful_organizer", "", told, field="organizer_level")


def of_window(opens: datetime, closes: datetime) -> Iterable[Finding]:
    """That applications are taken from one moment to a later one."""
    if closes <= opens:
        told = _("截止时间须晚于开始时间。")
        yield Finding("window_runs_backward", "", told, field="closes_at")


def of_year(begins: date | None, ends: date | None) -> Iterable[Finding]:
    """That the period looked at has both its days, in their order, or none."""
    if (begins is None) != (ends is None):
        missing = "year_from" if begins is None else "year_to"
        told = _("考察时段的起止日期要一起填写，或者都不填。")
        yield Finding("half_a_year", "", told, field=missing)
    elif begins and ends and ends <= begins:
        told = _("考察时段的止日须晚于起日。")
        yield Finding("year_runs_backward", "", told, field="year_to")


def of_places(category: str, count: int | None, usable: Container[str]) -> Iterable[Finding]:
    """That a category has a number of places, and a standard that is usable in the area."""
    if count is None:
        return
    if category not in usable:
        told = _("这一类现在没有可用的标准，请清空名额。")
        yield Finding("standard_not_usable", "", told, field=category)
    elif count != NO_LIMIT and not LEAST_PLACES <= count <= MOST_PLACES:
        told = _("名额为 %(least)d 至 %(most)d。") % {"least": LEAST_PLACES, "most": MOST_PLACES}
        yield Finding("places", "", told, field=category)


def of_definition(
    term: str,
    said: tuple[str, str],
    known: Mapping[str, tuple[str, str]],
    used: Container[str],
) -> Iterable[Finding]:
    """That a term is one that the round's standards use, and stays defined once it is.

    ``said`` is the definition, and the document that it rests on.
    """
    field, (definition, document) = f"{TERM}{term}", said
    if term not in used:
        told = _("本批次的标准没有用到“%(term)s”。") % {"term": term}
        yield Finding("term_not_used", "", told, field=field)
    elif term in known and not definition:
        told = _("已有的释义可以修改，不能清空：批次要按它开展。")
        yield Finding("definition_emptied", "", told, field=field)
    elif document and not definition:
        told = _("填了依据文件，请同时填写释义。")
        yield Finding("document_alone", "", told, field=field)
    yield from of_length(said, field, f"{field}{DOCUMENT}")


def of_length(said: tuple[str, str], *fields: str) -> Iterable[Finding]:
    """That a definition and its document are no longer than they may be, each at its field."""
    longest = (LONGEST_DEFINITION, LONGEST_DOCUMENT)
    for text, most, field in zip(said, longest, fields, strict=True):
        yield from too_long(text, most, field)


def of_veto(code: str, document: str, body: str, asked: Container[str]) -> Iterable[Finding]:
    """That a veto is one the standards suggest, and names who confirms the fact once it is on."""
    if code not in asked:
        told = _("本批次的标准没有把“%(code)s”列为一票否决。") % {"code": code}
        yield Finding("no_veto_of_the_standard", "", told, field=code)
    elif document and not body:
        told = _("启用一票否决，须写明由哪个机关核实。")
        yield Finding("no_confirming_body", "", told, field=f"{code}{BODY}")
    yield from too_long(document, LONGEST_DOCUMENT, code)
    yield from too_long(body, LONGEST_BODY, f"{code}{BODY}")


def too_long(text: str, most: int, field: str) -> Iterable[Finding]:
    """That a text is longer than it may be, at its field."""
    if len(text) > most:
        yield Finding("too_long", "", excess_told(most, len(text)), field=field)


def of_method(
    category: str, method: str, document: str, figures: Sequence[Any]
) -> Iterable[Finding]:
    """That an order has its figures, each once, and the document that names them."""
    first = f"{category}{FIGURE}1"
    if method not in Method.values:
        told = _("请选择择优办法。")
        yield Finding("method_unknown", "", told, field=f"{category}{METHOD}")
    elif method != Method.ORDER and figures:
        told = _("只有“按文件所列数据排序”才用数据，请清空，或者改选择优办法。")
        yield Finding("figures_without_order", "", told, field=first)
    elif method == Method.ORDER:
        if not figures:
            told = _("请选择文件所列的第一项数据。")
            yield Finding("no_figure", "", told, field=first)
        if not document:
            told = _("请填写列明排序数据的文件。")
            yield Finding("no_document", "", told, field=f"{category}{DOCUMENT}")
    if len({(one.kind, one.check_code) for one in figures}) < len(figures):
        told = _("同一项数据只能用一次。")
        yield Finding("figure_twice", "", told, field=first)
    yield from too_long(document, LONGEST_DOCUMENT, f"{category}{DOCUMENT}")
