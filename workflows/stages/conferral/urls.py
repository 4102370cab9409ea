from django.urls import path

from . import views

app_name = "designations"
urlpatterns = [
    path("<int:round_id>/", views.designate, name="designate"),
    path("<int:round_id>/draft.<str:suffix>", views.draft, name="draft"),
    path("decisions/<int:pk>.<str:suffix>", views.decision, name="decision"),
]
