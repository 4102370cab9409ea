"""The words of messages, in the receiver's language. One text a transition."""

from django.utils.translation import gettext as _

from designation.calendar.templatetags.deadlines import deadline
from workflows.acts import WORDS
from workflows.case.records import Decision

from .models import OutboxEntry

# As long as the subject's column.
_LONGEST = 300


def _happened(transition: str) -> str:
    sentences = {
        "start": _("%(organization)s开始填写申报。"),
        "confirm": _("%(organization)s的自评已由单位负责人确认。"),
        "reopen": _("%(organization)s的自评已退回修改。"),
        "submit": _("%(organization)s的申报已提交。"),
        "recall": _("%(organization)s的申报已由本单位收回。"),
        "recommend": _("%(organization)s的申报通过初审，已推荐到县级。"),
        "return_for_correction": _("%(organization)s的申报被退回补正，请按清单逐条补正。"),
        "reject": _("%(organization)s的申报未通过。"),
        "resubmit": _("%(organization)s的申报补正后已重新提交。"),
        "begin_verification": _("%(organization)s的实地核查已开始。"),
        "complete_verification": _("%(organization)s的实地核查合格。"),
        "publish": _("%(organization)s已列入公示。"),
        "end_notice": _("%(organization)s的公示期已满。"),
        "uphold_objection": _("对%(organization)s的异议成立，不予命名。"),
        "reverify": _("对%(organization)s的异议成立，将重新核查。"),
        "designate": _("%(organization)s已获命名，并载入名册。"),
        "withdraw": _("%(organization)s已撤回申报。"),
    }
    return sentences.get(transition, "")


def _subject(entry: OutboxEntry) -> str:
    """One line: a header of an e-mail has no second. Without a sentence the label must do."""
    organization, transition = entry.application.organization.name, entry.decision.transition
    what = WORDS.get(f"application.{transition}", transition)
    sentence = _happened(transition) % {"organization": organization} or _(
        "%(organization)s：%(what)s。"
    ) % {"organization": organization, "what": what}
    return " ".join(sentence.split())[:_LONGEST]


def compose(entry: OutboxEntry) -> tuple[str, str]:
    """Subject and body of the message, in the active language."""
    application, decision = entry.application, entry.decision
    subject = _subject(entry)
    lines = [subject, _("批次：%(round)s") % {"round": application.round.name}]
    if decision.opinion:
        lines.append(_("意见：%(opinion)s") % {"opinion": decision.opinion})
    lines += _list_of(decision)
    if entry.asks_to_act:
        lines.append(_("请您办理下一步。"))
        if application.due_at is not None:
            lines.append(_("办理期限：%(due)s") % {"due": deadline(application.due_at)})
    return subject, "\n".join(lines)


def _list_of(decision: Decision) -> list[str]:
    """The correction list: what came back, and why."""
    rows = [f"{row.item.code}：{row.reason}" for row in decision.corrections.all()]
    return [_("需补正的条目："), *rows] if rows else []
