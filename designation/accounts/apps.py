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
    "account.mail_links": _("用邮件发送密码链接"),
    "account.password_forgotten": _("索取密码链接"),
    "account.password_set": _("通过链接设置密码"),
    "account.password_change": _("修改密码"),
    "account.password_refused": _("修改密码时原密码错误"),
    "account.first_password": _("在服务器上设置初始密码"),
}
_CHANGES = {"person.settings": _("修改本人设置")}
_FIELDS = {
    "known_browser": _("曾用此浏览器登录"),
    "count": _("次数"),
    "before": _("上一时段次数"),
    "password": _("密码"),
}


class AccountsConfig(AppConfig):
    name = "designation.accounts"
    label = "accounts"
    verbose_name = _("账号")

    def ready(self) -> None:
        """Listen from the start: the middleware's module is read with the first page only."""
        from designation.audit import wording

        from . import letters, link_mailings, use
        from .session_end import begin

        wording.register(actions=_ACTIONS, changes=_CHANGES, fields=_FIELDS)
        letters.declare()
        link_mailings.declare()
        user_logged_in.connect(begin, dispatch_uid="accounts.session_begins")
        user_logged_in.connect(use.signed_in, dispatch_uid="accounts.is_used")
