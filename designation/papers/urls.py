from django.urls import path

from . import views

app_name = "papers"
urlpatterns = [
    path("<int:area>/", views.kinds, name="kinds"),
    path("<int:area>/<slug:kind>/", views.template, name="template"),
    path("<int:area>/<slug:kind>.docx", views.file, name="file"),
    path("<int:area>/<slug:kind>/system/", views.end, name="end"),
]
