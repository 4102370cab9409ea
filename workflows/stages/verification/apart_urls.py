"""Addresses of the visits that no application carries along."""

from django.urls import path

from . import apart_views as views

app_name = "visits"
urlpatterns = [
    path("", views.visit_list, name="list"),
    path("<int:pk>/", views.verify, name="verify"),
    path("<int:pk>/call-off/", views.call_off, name="call_off"),
    path("<int:pk>/declare/", views.declare, name="declare"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/items/<str:code>/", views.measure, name="measure"),
    path("<int:pk>/perform/<slug:name>/", views.perform, name="perform"),
]
