from django.urls import path

from . import views, year_views

app_name = "rechecks"
urlpatterns = [
    path("", year_views.year, name="year"),
    path("draw/", year_views.draw, name="draw"),
    path("list/", views.recheck_list, name="list"),
    path("reports/", views.report_list, name="reports"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("titles/<int:pk>/", year_views.enter, name="enter"),
    path("<int:pk>/", views.recheck, name="recheck"),
    path("<int:pk>/<slug:name>/", views.step, name="step"),
]
