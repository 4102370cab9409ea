"""Addresses of the site. Apps are named by string: wiring only."""

from django.urls import URLPattern, URLResolver, include, path

from .site.errors import too_large
from .site.health import healthz
from .site.statement_views import accessibility

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("workflows.desk.urls")),
    path("desk/", include("workflows.desk.daily_urls")),
    path("accessibility/", accessibility, name="accessibility"),
    path("help/", include("workflows.help.urls")),
    path("healthz/", healthz, name="healthz"),
    path("too-large/", too_large, name="too_large"),
    path("language/", include("django.conf.urls.i18n")),
    path("accounts/", include("designation.administration.urls")),
    path("standards/drafts/", include("authoring.drafting.urls")),
    path("standards/drafts/", include("authoring.preview.urls")),
    path("standards/", include("standards.urls")),
    path("standards/", include("designation.adoptions.urls")),
    path("calendar/", include("designation.calendar.urls")),
    path("rounds/", include("designation.rounds.urls")),
    path("library/", include("designation.evidence.urls")),
    path("applications/", include("workflows.urls")),
    path("visits/", include("workflows.stages.verification.apart_urls")),
    path("notices/", include("workflows.notice_pages.urls")),
    path("opinions/", include("workflows.stages.opinions.urls")),
    path("selections/", include("workflows.stages.selection.urls")),
    path("designations/", include("workflows.stages.conferral.urls")),
    path("exports/", include("designation.exports.urls")),
    path("retention/", include("designation.retention.urls")),
    path("papers/", include("designation.papers.urls")),
    path("replays/", include("authoring.replays.urls")),
    path("register/", include("designation.register.urls")),
    path("certificates/", include("designation.certificates.urls")),
    path("titles/", include("workflows.titles.urls")),
    path("bars/", include("workflows.bars.urls")),
    path("rechecks/", include("workflows.rechecks.urls")),
    path("draws/", include("workflows.rechecks.public_urls")),
    path("appeals/", include("workflows.stages.appeals.urls")),
    path("reports/", include("reports.urls")),
    path("messages/", include("notifications.urls")),
    path("audit/", include("designation.audit.urls")),
]

handler400 = "designation.site.errors.bad_request"
handler404 = "designation.site.errors.not_found"
handler500 = "designation.site.errors.server_error"
