from django.urls import path

from . import sealed_views, views

app_name = "papers"
urlpatterns = [
    path("sealed/copies/<int:pk>/", sealed_views.copy, name="copy"),
    path("sealed/<slug:kind>/<int:pk>/", sealed_views.slot, name="sealed"),
    path("<int:area>/", views.kinds, name="kinds"),
    path("<int:area>/<slug:kind>/", views.template, name="template"),
    path("<int:area>/<slug:kind>.docx", views.file, name="file"),
    path("<int:area>/<slug:kind>/system/", views.end, name="end"),
]
