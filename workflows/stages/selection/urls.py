from django.urls import path

from . import views

app_name = "selections"
urlpatterns = [
    path("meetings/<int:pk>/sheet.pdf", views.meeting_sheet, name="meeting_sheet"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("<int:round_id>/", views.round_page, name="round"),
    path("<int:round_id>/<str:category>/", views.compose, name="compose"),
]
