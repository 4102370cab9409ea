from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "designation.organizations"
    label = "organizations"
    verbose_name = _("组织")

    def ready(self) -> None:
        """Listen from the start: the middleware's module is read with the first page only."""
        from .session_end import begin

        user_logged_in.connect(begin, dispatch_uid="organizations.session_begins")
