"""Addresses of the visits that no application carries along."""

from django.urls import path

from . import apart_plan_views as plans
from . import apart_views as views

app_name = "visits"
urlpatterns = [
    path("", views.visit_list, name="list"),
    path("arrange/", plans.grounds, name="grounds"),
    path("arrange/title/<int:pk>/", plans.for_title, name="for_title"),
    path("arrange/objection/<int:pk>/", plans.for_objection, name="for_objection"),
    path("arrange/decision/<int:pk>/", plans.for_decision, name="for_decision"),
    path("<int:pk>/plan/", plans.plan, name="plan"),
    path("<int:pk>/", views.verify, name="verify"),
    path("<int:pk>/record.pdf", views.record, name="record"),
    path("<int:pk>/call-off/", views.call_off, name="call_off"),
    path("<int:pk>/declare/", views.declare, name="declare"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/items/<str:code>/", views.measure, name="measure"),
    path("<int:pk>/perform/<slug:name>/", views.perform, name="perform"),
]
