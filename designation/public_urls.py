"""Addresses of the public pages, below their language; and where they let people sign in."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from .site.statement_views import accessibility
from .urls import handler400, handler404, handler500

urlpatterns = [
    *i18n_patterns(
        path("", include("workflows.desk.urls")),
        path("accessibility/", accessibility, name="accessibility"),
        path("help/", include("workflows.help.urls")),
        path("standards/", include("standards.urls")),
        path("rounds/", include("designation.rounds.public_urls")),
        path("notices/", include("workflows.notice_pages.public_urls")),
        path("register/", include("designation.register.urls")),
        path("draws/", include("workflows.rechecks.public_urls")),
        path("certificates/", include("designation.certificates.public_urls")),
    ),
    path("accounts/", include("designation.administration.urls")),
]

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]
