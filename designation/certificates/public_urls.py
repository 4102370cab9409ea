"""Addresses that everybody opens."""

from django.urls import path

from . import views

app_name = "certificates"
_PLACE = "<str:county>/<int:year>/<int:number>/"
urlpatterns = [
    path("keys.json", views.keys, name="keys"),
    path(_PLACE, views.check, name="check"),
    path(f"{_PLACE}certificate.json", views.signed, name="signed"),
]
