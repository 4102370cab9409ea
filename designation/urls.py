"""Addresses of the site. Apps are named by string: wiring only."""

from django.urls import URLPattern, URLResolver, include, path

from .errors import too_large

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("workflows.desk.urls")),
    path("healthz/", include("designation.health.urls")),
    path("too-large/", too_large, name="too_large"),
    path("language/", include("django.conf.urls.i18n")),
    path("accounts/", include("designation.organizations.urls")),
    path("standards/drafts/", include("designation.drafting.urls")),
    path("standards/drafts/", include("workflows.standard_preview.urls")),
    path("standards/", include("standards.urls")),
    path("standards/", include("designation.adoptions.urls")),
    path("rounds/", include("designation.rounds.urls")),
    path("applications/", include("workflows.urls")),
    path("notices/", include("workflows.stages.public_notice.urls")),
    path("designations/", include("workflows.stages.designation.urls")),
    path("replays/", include("workflows.replays.urls")),
    path("register/", include("designation.register.urls")),
    path("messages/", include("notifications.urls")),
    path("audit/", include("designation.audit.urls")),
]

handler400 = "designation.errors.bad_request"
handler404 = "designation.errors.not_found"
handler500 = "designation.errors.server_error"
