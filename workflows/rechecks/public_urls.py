"""Where everybody finds the draws, and repeats one."""

from django.urls import path

from . import year_views

app_name = "draws"
urlpatterns = [
    path("", year_views.draw_list, name="list"),
    path("<int:pk>/", year_views.drawn, name="drawn"),
]
