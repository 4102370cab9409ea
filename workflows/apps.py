from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("办理流程")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.applications.models import Stage  # noqa: PLC0415 - models not ready before
        from designation.audit import wording  # noqa: PLC0415 - as above

        from .acts import WORDS  # noqa: PLC0415 - as above

        wording.name_actions(WORDS)
        for field in ("from", "to"):
            wording.name_values(field, dict(Stage.choices))
