"""Signing in and out, the password, and a person's own settings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.site.creating import kept
from designation.site.pages import REFUSED, TOO_MANY, status_of

from ..organizations.requests import PersonRequest
from . import devices, failures, own_settings, password_changes, sign_ins
from .forms import LoginForm, OwnPasswordForm, SettingsForm


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


class ChangePassword(auth.PasswordChangeView):
    template_name = "accounts/password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("home")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form: Any) -> HttpResponse:
        password_changes.change_own(form.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, _("密码已修改，其他浏览器上的登录已退出。"))
        response = redirect(self.success_url)
        devices.remember(response, self.request, form.user)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: PersonRequest) -> HttpResponse:
    """One's own; the administrator's page of the same person changes some of it too."""

    def keep(form: SettingsForm) -> None:
        before, values = form.compared_changes()
        own_settings.keep(request.user, values, before=before, actor=request.user)

    posted = request.method == "POST"
    mine = own_settings.on_record(request.user) if posted else request.user
    form = SettingsForm(request.POST or None, instance=mine)
    if posted and kept(form, keep):
        messages.success(request, _("设置已保存。"))
        return redirect("organizations:settings")
    return render(
        request,
        "accounts/settings.html",
        {"form": form},
        status=status_of(form.errors),
    )
