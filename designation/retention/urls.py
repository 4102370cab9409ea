from django.urls import path

from . import views

app_name = "retention"
urlpatterns = [
    path("", views.disposal_list, name="list"),
    path("classes/", views.class_list, name="classes"),
    path("hold/", views.hold, name="hold"),
    path("lift/", views.lift, name="lift"),
]
