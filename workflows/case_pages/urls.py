from django.urls import path

from . import views

urlpatterns = [
    path("", views.application_list, name="list"),
    path("start/<int:round_id>/", views.start, name="start"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/perform/<slug:name>/", views.perform, name="perform"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/sheet.pdf", views.sheet, name="sheet"),
]
