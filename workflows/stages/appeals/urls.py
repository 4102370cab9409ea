from django.urls import path

from . import views

app_name = "appeals"
urlpatterns = [
    path("decisions/<int:pk>/", views.against_decision, name="against_decision"),
    path("titles/<int:pk>/", views.against_title, name="against_title"),
    path("<int:pk>/", views.appeal, name="appeal"),
    path("<int:pk>/<slug:name>/", views.take_step, name="act"),
]
