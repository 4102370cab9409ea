"""Why a draft cannot be published yet, one sentence each, with the item it concerns."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from designation.site.refusal import Finding
from standards import catalogue
from standards.models import Check, Item, StandardVersion
from standards.printing import coverage

from .models import Question


def _obstacle(code: str, message: str, item_code: str = "") -> Finding:
    """``item_code`` is empty for what concerns the whole version."""
    return Finding(code, "", message, item_code)


def obstacles(version: StandardVersion) -> list[Finding]:
    """In the order of the standard; none when it can be published. Five statements."""
    checks = Prefetch("checks", Check.objects.order_by("order"))
    items = list(version.items.order_by("order").prefetch_related(checks))
    return [
        *_of_version(version, items),
        *(obstacle for item in items for obstacle in _of_item(item)),
        *_of_questions(version),
    ]


def remarks(version: StandardVersion) -> list[Finding]:
    """What does not stand in the way, yet better be known: characters that print as a box.

    Two statements.
    """
    checks = Prefetch("checks", Check.objects.order_by("order"))
    items = version.items.order_by("order").select_related("section").prefetch_related(checks)
    texts = {"": [version.title_zh, version.heading_printed, version.source.get("document", "")]}
    for item in items:
        of_checks = [
            (check.metric_zh, *check.parts, *check.evidence_suggested)
            for check in item.checks.all()
        ]
        texts[item.code] = [
            item.section.title_printed,
            item.text,
            *(text for own in of_checks for text in own),
        ]
    return [
        _not_printed(code, signs)
        for code, own in texts.items()
        if (signs := coverage.not_printed("\n".join(own)))
    ]


def _not_printed(item_code: str, signs: list[str]) -> Finding:
    return _obstacle(
        "not_printed",
        _("“%(signs)s”（%(names)s）没有字体可印，附件和自评表中以“□”代替，并注明是哪一条。")
        % {"signs": " ".join(signs), "names": coverage.signs_named(signs)},
        item_code,
    )


def _of_version(version: StandardVersion, items: list[Item]) -> Iterator[Finding]:
    if not any(item.checks.all() for item in items):
        yield _obstacle("asks_nothing", _("标准还没有检查点，请先录入条目和检查点。"))
        return
    for section in version.sections.filter(items__isnull=True):
        yield _obstacle(
            "empty_section",
            _("部分“%(title)s”没有条目，请录入条目，或者删去这一部分。")
            % {"title": section.title_printed},
        )
    if not version.source.get("document"):
        yield _obstacle("no_source", _("请在“版本信息”中填写标准的来源文件名称。"))
    try:
        catalogue.read(version)
    except ValueError:
        yield _obstacle("code_twice", _("有两个检查点编号相同，请改正其中一个。"))


def _of_item(item: Item) -> Iterator[Finding]:
    if not item.text.strip():
        yield _obstacle("no_text", _("本条没有条文。"), item.code)
    checks = list(item.checks.all())
    for check in checks:
        if not check.phrase or check.phrase not in item.text:
            yield _obstacle(
                "phrase_not_in_text",
                _("检查点 %(code)s 引用的词句不在条文中，请重新选取。") % {"code": check.code},
                item.code,
            )
    yield from _of_groups(item, checks)


def _of_groups(item: Item, checks: Iterable[Check]) -> Iterator[Finding]:
    groups: dict[str, list[Check]] = {}
    for check in checks:
        if check.group:
            groups.setdefault(check.group, []).append(check)
    for name, members in groups.items():
        if len(members) == 1:
            yield _obstacle(
                "group_of_one",
                _("分组“%(name)s”只有一个检查点，“满足其一”至少要两个。") % {"name": name},
                item.code,
            )
        elif len({member.strictness for member in members}) > 1:
            yield _obstacle(
                "group_of_two_kinds",
                _("分组“%(name)s”中既有强制又有原则性的检查点，请统一。") % {"name": name},
                item.code,
            )


def _of_questions(version: StandardVersion) -> Iterator[Finding]:
    left = Question.objects.filter(version=version, settled_at__isnull=True).count()
    if left:
        yield _obstacle(
            "questions_open", _("还有 %(count)s 处待核对，请逐一确认。") % {"count": left}
        )
