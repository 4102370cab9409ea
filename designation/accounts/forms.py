"""Forms of signing in, of passwords, and of a person's own settings."""

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.site import forms

from ..organizations.models import Person
from ..organizations.spellings import AccountField
from . import failures, own_settings, use
from .passwords import new_one


class LoginForm(AuthenticationForm):
    """One message whatever was wrong, so that nobody learns which accounts there are.

    Who has the right password has learned it before.
    """

    seconds_to_wait = 0
    request: HttpRequest
    username = AccountField(
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocapitalize": "none", "autocomplete": "username"}
        )
    )
    error_messages = {
        "invalid_login": gettext_lazy(
            "账号或密码不正确，请重新输入。连续输错 5 次将锁定 30 分钟。"
        ),
    }

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for an address that must pause, before the password is read."""
        username = self.cleaned_data.get("username", "")
        self.seconds_to_wait = failures.seconds_to_wait(self.request, username)
        if self.seconds_to_wait:
            raise ValidationError(
                _("这个网络地址的登录失败次数较多，请 %(seconds)d 秒后再试。"),
                code="pause",
                params={"seconds": self.seconds_to_wait},
            )
        return super().clean()

    def confirm_login_allowed(self, user: Any) -> None:
        """Raises ValidationError for an account that is off, after its password was right.

        What time switched off is told; of what a person did, nothing.
        """
        if use.is_switched_off_unused(user):
            raise ValidationError(use.told(), code="unused")
        if not user.is_active:
            raise self.get_invalid_login_error()


class ForgottenForm(forms.Form):
    username = AccountField(
        label=gettext_lazy("账号"),
        max_length=60,
        help_text=gettext_lazy("登录时输入的账号，不是电子邮箱。"),
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocapitalize": "none", "autocomplete": "username"}
        ),
    )


class OwnPasswordForm(PasswordChangeForm):
    """Guesses at the old password count as failed sign-ins of the account."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        username = self.user.get_username()
        if authenticate(self.request, username=username, password=old) is None:
            failures.record(self.request, username, "account.password_refused")
            raise ValidationError(
                self.error_messages["password_incorrect"], code="password_incorrect"
            )
        return old

    def clean_new_password2(self) -> str:
        return new_one(self.user, self.cleaned_data["new_password2"])


class NewPasswordForm(SetPasswordForm):
    def clean_new_password2(self) -> str:
        return new_one(self.user, self.cleaned_data["new_password2"])


class SettingsForm(RecordedForm, forms.ModelForm):
    class Meta:
        model = Person
        fields = own_settings.COLUMNS
        help_texts = {
            "language": gettext_lazy("消息和邮件所用的语言。页面语言随时可在页首切换。"),
            "large_type": gettext_lazy("放大全部页面的文字。"),
            "email": gettext_lazy("不填则只在系统内收消息。"),
        }
