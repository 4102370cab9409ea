"""One page that shows every part of the pages in every state, to see a change of a part on."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from designation.applications.models import Application, Conclusion, Stage
from designation.site import forms, lists, sure
from designation.site.clock import SHANGHAI
from designation.site.jobs.models import State
from designation.site.refusal import Finding
from designation.site.shown import Told

AT = datetime(2026, 3, 2, 9, 12, tzinfo=SHANGHAI)


class ShownForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label=_("名称"), max_length=20)
    note = forms.CharField(
        label=_("说明"),
        widget=forms.Textarea,
        required=False,
        help_text=_("可以不填。"),
    )
    verdict = forms.ChoiceField(
        label=_("自评结论"), choices=Conclusion.choices, widget=forms.RadioSelect
    )
    stage = forms.ChoiceField(label=_("环节"), choices=Stage.choices)
    met_on = forms.DateField(label=_("会议日期"))


class ShownFilters(lists.Filters):
    """A list with an input of each kind."""

    none = _("还没有组织")
    none_hint = _("可以用上面的按钮新增。")

    text = lists.Search(label=_("按名称查找"), method="shown")
    stage = lists.Choice(label=_("环节"), choices=Stage.choices, method="shown")
    order = lists.Order(name=lists.Way(_("名称"), "pk"))

    def shown(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return rows


ITEM = SimpleNamespace(
    code="NC-09",
    title_en="Peace in the village",
    number_printed="9.",
    text="村内和谐稳定，无群体性事件，群众满意率达到80%以上。",
    basis={"documents": ["《关于加强农村基层党组织建设的意见》"], "own_draft": False},
)


def _definitions() -> list[SimpleNamespace]:
    """What a round says of local terms: as it opened, brought along, and corrected."""
    said = {
        "term": "三有三带",
        "definition": "有资源、有技术、有项目；带头致富、带领致富、带动致富。",
    }
    plain = {"source_document": "", "way": "opened", "replaces": None, "reason": "", "at": AT}
    former = SimpleNamespace(**said, source_document="青组〔2025〕3号")
    corrected = {"way": "corrected", "replaces": former, "reason": "文件已修订"}
    return [
        SimpleNamespace(**said | plain | {"source_document": "青组〔2026〕3号"}),
        SimpleNamespace(**said | plain | {"way": "taken_over"}),
        SimpleNamespace(**said | plain | corrected),
    ]


def _listing(asked: str, count: int) -> dict[str, Any]:
    """A list that was asked for so, with as many pages of rows."""
    data = QueryDict(asked)
    filters = ShownFilters(data, Application.objects.none())
    filters.form.auto_id = f"{asked or count}_%s"
    found = Paginator([Application(stage=stage) for stage in Stage.values[:3]] * count, 3)
    return {"asked": asked, "listing": lists.Listing(filters, found.get_page(data.get("page")))}


class ConflictForm(ShownForm):
    """The same, where another person has changed a field meanwhile."""

    conflicts = {"name": Told("name", "青山镇红旗村党支部", "王建国", AT, "0")}


def _judged(conclusion: Conclusion, said: str = "") -> SimpleNamespace:
    """An answer, a mark or a measurement, as the parts read it."""
    return SimpleNamespace(conclusion=conclusion, verdict=conclusion, comment=said, basis=said)


def _evidence() -> list[SimpleNamespace]:
    """Files as an item cites them: bare, with what is said of it, with personal data."""
    used = SimpleNamespace(pk=2, said="青山镇东山村党支部 · 2025年示范点评定")
    paged = SimpleNamespace(stored=SimpleNamespace(pages=4))
    return [
        SimpleNamespace(pk=1, title="2026 年党员大会会议记录.pdf"),
        SimpleNamespace(
            pk=2,
            title="三月会议纪要.pdf",
            dated_on=AT.date(),
            caption="研究申报事项，12 人到会。",
            entry=paged,
            elsewhere=SimpleNamespace(named=[used], more=True),
        ),
        SimpleNamespace(pk=3, title="党员名册.xlsx", entry=SimpleNamespace(is_personal=True)),
    ]


def _job(state: State) -> SimpleNamespace:
    """A job in this state, as the parts read it."""
    return SimpleNamespace(
        state=state,
        state_said=state.label,
        is_under_way=state in (State.QUEUED, State.RUNNING),
        progress_said="120 / 500",
        done=120,
        total=500,
        words=SimpleNamespace(cancel=_("取消推演"), bar=_("推演进度")),
    )


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Every part in every state; nothing on it is sent or kept."""
    return render(request, "demo/parts.html", _shown(request))


def _shown(request: HttpRequest) -> dict[str, Any]:
    blocking = Finding("shown", "到会率不低于 80%", "现在填的是 76%，还差 4 个百分点。", "NC-13")
    remark = Finding("shown", "附会议记录", "还没有引用材料。", "NC-14", blocking=False)
    agreed = SimpleNamespace(code="NC-01", own=_judged(Conclusion.MET), differs=False)
    said = SimpleNamespace(
        first_review=_judged(Conclusion.MET, "材料齐全。"),
        on_site=_judged(Conclusion.NOT_MET, "现场查阅会议记录，缺 3 次。"),
    )
    differing = SimpleNamespace(code="NC-02", own=_judged(Conclusion.MET), said=said, differs=True)
    refused = {"name": "红旗村党支部" * 4, "note": "🎉", "met_on": "3"}
    return {
        "application": Application(pk=1, stage=Stage.SUBMITTED),
        "items": [agreed, differing],
        "jobs": [_job(state) for state in State],
        "evidence": _evidence(),
        "published": SimpleNamespace(
            address="https://www.example.gov.cn/2026/03/notice.html",
            host="www.example.gov.cn",
            title="关于党员大会的公告",
            published_on=AT.date(),
        ),
        "former_names": [SimpleNamespace(name_zh="红旗大队党支部", borne_until=date(2025, 3, 1))],
        "form": ShownForm(initial={"name": "红旗村党支部"}),
        "refused_form": ShownForm(refused, auto_id="refused_%s"),
        "conflict_form": ConflictForm(initial={"name": "红旗村党支部"}, auto_id="conflict_%s"),
        "findings": [blocking, remark],
        "not_sure": [Finding(sure.CODE, "", str(sure.TOLD))],
        "definitions": _definitions(),
        "item": ITEM,
        "phrases": ("群众满意率达到80%以上",),
        "lists": [
            _listing("", 7),
            _listing("text=红旗&order=-name&page=2", 3),
            _listing("stage=lost&page=9", 2),
            _listing("text=没有的", 0),
            _listing("", 0),
        ],
        "rows": [Application(stage=stage) for stage in Stage.values],
        "conclusions": Conclusion.choices,
        "page": Paginator(range(60), 20).get_page(request.GET.get("page", "2")),
        "told": Told("shown", "对方的说明", "王建国", AT, "0"),
        "soon": datetime(2026, 3, 27, 17, 30, tzinfo=SHANGHAI),
        "past": datetime(2026, 2, 27, 17, 30, tzinfo=SHANGHAI),
        "show": "open",
        "typed": [("name", "红旗村党支部"), ("note", "第一行\n第二行")],
        "again": [("name", "红旗村党支部")],
        "way_back": request.path,
        "lights": [
            ("saved", _("已保存") + " 09:12", "✓"),
            ("saving", _("正在保存"), "◌"),
            ("unsaved", _("未保存，已留在本机"), "▲"),
            ("at-risk", _("未保存，本机也没有留存"), "✕"),
        ],
    }
