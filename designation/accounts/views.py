"""Signing in and out, the password, and a person's own settings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.audit.recorded_form import RecordedForm
from designation.site import forms
from designation.site.pages import REFUSED

from ..organizations.models import Person
from ..organizations.requests import PersonRequest
from ..organizations.scoping import area_code
from . import devices, failures, password_changes, sign_ins
from .passwords import new_one
from .spellings import AccountField

TOO_MANY = 429


class LoginForm(AuthenticationForm):
    """One message whatever was wrong, so that nobody learns which accounts there are."""

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
        "inactive": gettext_lazy("账号或密码不正确，请重新输入。连续输错 5 次将锁定 30 分钟。"),
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


class Login(auth.LoginView):
    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        person = form.get_user()
        news = sign_ins.news(person)
        known_browser = bool(devices.known(self.request, person))
        response = super().form_valid(form)
        sign_ins.signed_in(person, known_browser=known_browser)
        for sentence in news:
            messages.warning(self.request, sentence)
        devices.remember(response, self.request, person)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.has_error(NON_FIELD_ERRORS, "invalid_login"):
            failures.record(self.request, form.cleaned_data["username"])
        told = self.render_to_response(self.get_context_data(form=form), status=REFUSED)
        if form.seconds_to_wait:
            told.status_code = TOO_MANY
            told["Retry-After"] = str(form.seconds_to_wait)
        return told


class Logout(auth.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            sign_ins.signed_out(request.user)
        return super().post(request, *args, **kwargs)


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

    def save(self, commit: bool = True) -> Any:  # noqa: ARG002 - Django's signature
        password_changes.change_own(self.user, self.cleaned_data["new_password1"])
        return self.user


class ChangePassword(auth.PasswordChangeView):
    template_name = "accounts/password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("home")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("密码已修改，其他浏览器上的登录已退出。"))
        response = super().form_valid(form)
        devices.remember(response, self.request, form.user)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)


class SettingsForm(RecordedForm, forms.ModelForm):
    IS_PERSONAL = True

    class Meta:
        model = Person
        fields = ("language", "large_type", "email")
        help_texts = {
            "language": gettext_lazy("消息和邮件所用的语言。页面语言随时可在页首切换。"),
            "large_type": gettext_lazy("放大全部页面的文字。"),
            "email": gettext_lazy("不填则只在系统内收消息。"),
        }


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def settings(request: PersonRequest) -> HttpResponse:
    """One's own; the administrator's page of the same person changes some of it too."""
    posted = request.method == "POST"
    mine = Person.objects.select_for_update().get(pk=request.user.pk) if posted else request.user
    form = SettingsForm(request.POST or None, instance=mine)
    if posted and form.is_valid():
        form.save()
        _record_settings(form, request.user)
        messages.success(request, _("设置已保存。"))
        return redirect("organizations:settings")
    return render(
        request,
        "accounts/settings.html",
        {"form": form},
        status=REFUSED if form.errors else 200,
    )


def _record_settings(form: SettingsForm, actor: Person) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action="person.settings",
            subject=actor,
            jurisdiction_code=area_code(actor) or events.WHOLE_SITE,
            role=WithoutSeat.SELF,
            details=form.recorded(),
        )
    )
