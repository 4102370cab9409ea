from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "designation.organizations"
    label = "organizations"
    verbose_name = _("组织")

    def ready(self) -> None:
        """Listen from the start: the middleware's module is read with the first page only.

        And give the audit log the words of this room's acts.
        """
        self._name_what_is_recorded()
        from .session_end import begin

        user_logged_in.connect(begin, dispatch_uid="organizations.session_begins")

    def _name_what_is_recorded(self) -> None:
        from designation.audit import wording

        from .models import Role

        wording.name_actions(
            {
                "jurisdiction.add": _("录入辖区"),
                "jurisdiction.edit": _("修改辖区"),
                "jurisdiction.rename": _("辖区更名"),
                "organization.add": _("录入组织"),
                "organization.edit": _("修改组织"),
                "organization.rename": _("组织更名"),
                "person.add": _("录入人员"),
                "person.edit": _("修改人员"),
                "person.rename": _("人员改名"),
                "person.settings": _("修改本人设置"),
                "seat.give": _("授予岗位"),
                "seat.end": _("终止岗位"),
            }
        )
        wording.name_fields(
            {
                "renamed_on": _("更名日期"),
                "role": _("角色"),
                "place": _("所在"),
                "password": _("密码"),
            }
        )
        wording.name_values("role", dict(Role.choices))
