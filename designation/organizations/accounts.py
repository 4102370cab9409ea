"""Signing in and out, the password, and a person's own settings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.audit.recorded_form import RecordedForm
from designation.site import forms

from .models import Person
from .requests import PersonRequest
from .spellings import AccountField

REFUSED = 422


class LoginForm(AuthenticationForm):
    """One message whatever was wrong, so that nobody learns which accounts there are."""

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


class Login(auth.LoginView):
    template_name = "organizations/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)


class ChangePassword(auth.PasswordChangeView):
    template_name = "organizations/password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("密码已修改。"))
        return super().form_valid(form)


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
        "organizations/settings.html",
        {"form": form},
        status=REFUSED if form.errors else 200,
    )


def _record_settings(form: SettingsForm, actor: Person) -> None:
    home = actor.home_organization
    events.append(
        events.Entry(
            actor=actor,
            action="person.settings",
            subject=actor,
            jurisdiction_code=home.jurisdiction.code if home else "",
            role=WithoutSeat.SELF,
            details=form.recorded(),
        )
    )
