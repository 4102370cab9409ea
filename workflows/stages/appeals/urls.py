from django.urls import path

from . import views

app_name = "appeals"
urlpatterns = [
    path("decisions/<int:pk>/", views.against_decision, name="against_decision"),
    path("titles/<int:pk>/", views.against_title, name="against_title"),
    path("decisions/<int:pk>/paper/", views.enter_against_decision, name="enter_against_decision"),
    path("titles/<int:pk>/paper/", views.enter_against_title, name="enter_against_title"),
    path("<int:pk>/", views.appeal, name="appeal"),
    path("<int:pk>/files/", views.attach, name="attach"),
    path("<int:pk>/library/", views.library, name="library"),
    path("<int:pk>/<slug:name>/", views.take_step, name="act"),
]
