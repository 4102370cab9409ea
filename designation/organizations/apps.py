from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

_ACTIONS = {
    "account.sign_in": _("登录"),
    "account.sign_in_failed": _("登录失败"),
    "account.sign_out": _("退出登录"),
    "account.session_end": _("登录过期退出"),
    "account.lock": _("账号锁定"),
    "account.password_link": _("生成密码链接"),
    "account.password_set": _("通过链接设置密码"),
    "account.password_change": _("修改密码"),
    "account.password_refused": _("修改密码时原密码错误"),
    "account.first_password": _("在服务器上设置初始密码"),
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
_FIELDS = {
    "known_browser": _("曾用此浏览器登录"),
    "count": _("次数"),
    "before": _("上一时段次数"),
    "renamed_on": _("更名日期"),
    "role": _("角色"),
    "place": _("所在、地点"),
    "password": _("密码"),
}


class OrganizationsConfig(AppConfig):
    name = "designation.organizations"
    label = "organizations"
    verbose_name = _("组织")

    def ready(self) -> None:
        """Listen from the start: the middleware's module is read with the first page only."""
        from designation.audit import wording

        from .models import Role
        from .session_end import begin

        wording.name_values("role", dict(Role.choices))
        wording.name_actions(_ACTIONS)
        wording.name_fields(_FIELDS)
        user_logged_in.connect(begin, dispatch_uid="organizations.session_begins")
