from django.urls import path

from . import views

app_name = "help"
urlpatterns = [
    path("", views.index, name="index"),
    path("course/", views.course, name="course"),
    path("<slug:code>/", views.part, name="part"),
]
