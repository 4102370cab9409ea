"""Where everybody repeats a draw."""

from django.urls import path

from . import year_views

app_name = "draws"
urlpatterns = [path("<int:pk>/", year_views.drawn, name="drawn")]
