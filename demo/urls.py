"""The site's addresses and, under ``demo/``, the controls that only the demo has."""

from django.urls import include, path

from designation.urls import handler400, handler404, handler500
from designation.urls import urlpatterns as site

from . import parts, views

controls = (
    [
        path("clock/", views.clock, name="clock"),
        path("sign-in/", views.sign_in, name="sign_in"),
        path("parts/", parts.page, name="parts"),
    ],
    "demo",
)
urlpatterns = [*site, path("demo/", include(controls))]

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]
