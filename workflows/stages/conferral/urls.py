from django.urls import path

from . import views

app_name = "designations"
urlpatterns = [path("<int:round_id>/", views.designate, name="designate")]
