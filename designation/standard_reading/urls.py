from django.urls import path

from . import views

app_name = "standard_reading"
urlpatterns = [
    path("", views.read, name="read"),
]
