"""The morning's list: for those who look after an area, and below no language."""

from django.urls import path

from . import views

urlpatterns = [path("daily/", views.daily_list, name="daily")]
