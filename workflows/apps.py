from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("办理流程")

    def ready(self) -> None:
        """Give the log the words of this room's acts, and say who is told of them."""
        from designation.applications import evidence
        from designation.applications.models import Stage
        from designation.audit import wording
        from designation.evidence import citing, strays
        from designation.organizations import handover as seats_handed_over

        from . import announcements
        from .acts import WORDS
        from .case import cited_evidence
        from .handover import what_waits
        from .stages.objections.cited_evidence import SUBJECTS as OBJECTIONS
        from .stages.public_notice.cited_evidence import SUBJECTS as NOTICES
        from .stages.public_notice.models import Objection
        from .stages.verification.cited_evidence import SUBJECTS as VISITS

        announcements.declare()
        seats_handed_over.tell(what_waits)
        strays.spare(evidence.hashes_handed_in)
        citing.declare("applications.evidence", cited_evidence.KIND)
        for subjects in (VISITS, OBJECTIONS, NOTICES):
            citing.register(subjects)
        stages = dict(Stage.choices)
        wording.register(
            actions=WORDS,
            fields={
                "planned_on": _("计划核查日期"),
                "status": _("状态"),
                "note": _("说明"),
                "conclusion": _("自评结论"),
                "file": _("佐证材料"),
                "comment": _("意见"),
                "verdict": _("结论"),
                "basis": _("核查依据"),
                "started_at": _("到达时间"),
                "ended_at": _("离开时间"),
                "signature": _("签字"),
                "team": _("核查组"),
                "leader": _("组长"),
                "summary": _("简介、情况说明"),
            },
            values={
                ("applications.application", "from"): stages,
                ("applications.application", "to"): stages,
                ("workflows.objection", "status"): dict(Objection.Status.choices),
            },
        )
