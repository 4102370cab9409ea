"""A county's own Word templates: brought, judged by filling in a sample, and taken back."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.evidence.content import Received
from designation.evidence.names import DOCX
from designation.organizations.divisions import codes_around
from designation.organizations.models import Jurisdiction, Person, Role
from designation.site import clock
from designation.site.refusal import Refusal

from . import packages, samples, word
from .filling import Fault
from .models import WordTemplate
from .rules import keeps

# Our default: a page of text with a coat of arms is far below.
LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """Which template stood by the page that was sent: its key, None for the system's."""

    standing: int | None


def standing(area: Jurisdiction, kind: str) -> WordTemplate | None:
    """The template of the narrowest area around; None where the system's is in use."""
    return _around(area).filter(kind=kind).last()


def _around(area: Jurisdiction) -> QuerySet[WordTemplate]:
    """What stands in the areas around, the widest first."""
    rows = WordTemplate.objects.filter(
        jurisdiction__code__in=codes_around(area.code), ended_at__isnull=True
    )
    return rows.select_related("jurisdiction").order_by("jurisdiction__code")


def of(area: Jurisdiction, kind: str) -> QuerySet[WordTemplate]:
    """All that were ever brought, the last first; without their files."""
    rows = WordTemplate.objects.filter(jurisdiction=area, kind=kind)
    return rows.select_related("brought_by", "ended_by").defer("content")


def standing_by_kind(area: Jurisdiction) -> dict[str, WordTemplate]:
    """By which its papers are set, its own or that of an area around. One statement."""
    return {row.kind: row for row in _around(area).defer("content")}


def bring(
    area: Jurisdiction, kind: str, received: Received, *, seen: Seen, actor: Person
) -> WordTemplate:
    """Let a file, judged as evidence already, be the area's template of a kind.

    Raises Refusal for who does not keep the area's templates; for a file that is no plain Word
    file, or too large; for a tag that may not stand where it stands, with its paragraph; and
    where another template stands by now than was seen. The same file again changes nothing.
    """
    _refuse_others(area, actor)
    _refuse_what_is_no_template(received)
    _refuse_what_cannot_be_filled(kind, received.content)
    now = clock.now()
    try:
        with transaction.atomic():
            standing = _standing(area, kind)
            if standing is not None and standing.sha256 == received.sha256:
                return standing
            _end(standing, seen, actor)
            row = WordTemplate.objects.create(
                jurisdiction=area,
                kind=kind,
                content=received.content,
                file_name=received.name[:200],
                sha256=received.sha256,
                brought_at=now,
                brought_by=actor,
            )
            _record("word_template.bring", row, actor)
    except IntegrityError as error:
        raise _changed() from error
    return row


def end(area: Jurisdiction, kind: str, *, seen: Seen, actor: Person) -> None:
    """Go back to the system's template; the area's own is kept.

    Raises Refusal for who does not keep the area's templates, and where another stands by now.
    """
    _refuse_others(area, actor)
    with transaction.atomic():
        row = _standing(area, kind)
        _end(row, seen, actor)
        if row is None:
            raise _changed()
        _record("word_template.end", row, actor)


def _standing(area: Jurisdiction, kind: str) -> WordTemplate | None:
    """What the area uses, held until the act is over."""
    rows = WordTemplate.objects.select_for_update(of=("self",))
    return rows.filter(jurisdiction=area, kind=kind, ended_at__isnull=True).first()


def _end(row: WordTemplate | None, seen: Seen, actor: Person) -> None:
    if seen.standing != (row.pk if row else None):
        raise _changed()
    if row is not None:
        row.ended_at, row.ended_by = clock.now(), actor
        row.save(update_fields=["ended_at", "ended_by"])


def _record(action: str, row: WordTemplate, actor: Person) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=row,
            jurisdiction_code=row.jurisdiction.code,
            role=Role.COUNTY_COORDINATOR,
            details={"paper": row.kind, "file": row.file_name, "sha256": row.sha256},
        )
    )


def _refuse_others(area: Jurisdiction, actor: Person) -> None:
    if not keeps(actor, area):
        raise Refusal.because("not_permitted", _("文书模板归本辖区的县级经办人管理。"))


def _changed() -> Refusal:
    return Refusal.because(
        "changed_meanwhile", _("模板在您打开页面后已被他人更换，请核对现在的模板再办理。")
    )


def _refuse_what_is_no_template(received: Received) -> None:
    if received.media_type != DOCX:
        raise Refusal.because("no_word_file", _("请上传 Word（docx）文件。"))
    if len(received.content) > LARGEST:
        raise Refusal.because("too_large", _("模板不能超过 1 MB，请压缩其中的图片后再传。"))
    told = packages.fault(received.content)
    if told:
        raise Refusal.because("package", told)


def _refuse_what_cannot_be_filled(kind: str, content: bytes) -> None:
    made = word.filled(samples.sample(kind), content)
    if isinstance(made, Fault):
        raise Refusal.because(made.code, said(made))


def said(fault: Fault) -> str:
    """What is wrong, and where it stands."""
    what = _words(fault.code) % {"name": fault.name}
    if not fault.paragraph:
        return what
    return _("第 %(number)s 段“%(text)s”：%(what)s") % {
        "number": fault.paragraph,
        "text": fault.text,
        "what": what,
    }


def _words(code: str) -> str:
    known = {
        "unknown_field": _("这种文书没有“%(name)s”这个字段，请对照下面的字段表。"),
        "not_allowed": _("不能写“%(name)s”：只能写字段、循环（for）、条件（if）和四种过滤器。"),
        "list_as_text": _("“%(name)s”是清单，请用 for 逐行写出。"),
        "row_as_text": _("“%(name)s”是清单的一行，请写出其中的字段。"),
        "not_a_list": _("“%(name)s”不是清单，不能循环。"),
        "loop_in_loop": _("循环里不能再有循环（%(name)s）。"),
        "name_is_taken": _("“%(name)s”是字段名，循环里请换一个名字。"),
        "moved": _("字段前不能写 p、tr、tc、r（%(name)s），请改写成 {{ 字段 }}。"),
        "unseen": _("标记里有看不见的字符（%(name)s），请把整个标记删去，重新输入。"),
        "printed": _(
            "“%(name)s”会照原样印在纸上：标记要用半角符号，字段写在两层花括号里，"
            "如 {{ document_number }}；不是标记的，请换成别的括号。"
        ),
        "beside_p": _("“%(name)s”会连同所在的段落一起去掉，请让它单独占一段。"),
        "beside_tr": _("“%(name)s”会连同表格的这一行一起去掉，请让它单独占一行。"),
        "beside_tc": _("“%(name)s”会连同这个单元格一起去掉，请让它单独占一格。"),
        "no_table": _("“%(name)s”只能写在表格里；表格以外请用 {%%p … %%}，单独占一段。"),
        "no_body": _(
            "模板里没有写正文的字段，每份文书都会印出同样的内容。请至少写其中一个：%(name)s。"
        ),
        "unclosed": _("“%(name)s”没有结束，请补上 endfor 或 endif。"),
        "broken": _("标记不完整或写错了：%(name)s"),
        "acts": "%(name)s",
        "too_large": _("按这个模板生成的文件过大。%(name)s"),
        "too_slow": _("模板处理时间过长，未予采用。%(name)s"),
    }
    return known.get(code, _("模板打不开，请用办公软件另存后再传。%(name)s"))
