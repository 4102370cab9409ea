from django.urls import path

from . import views

app_name = "messages"
urlpatterns = [
    path("", views.inbox_page, name="list"),
    path("automatic/", views.automatic, name="automatic"),
    path("preferences/", views.preferences_page, name="preferences"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.open_message, name="open"),
]
