from django.urls import path

from . import views

app_name = "standards"
urlpatterns = [
    path("", views.standard_list, name="list"),
    path("<str:category>/", views.standard_detail, name="detail"),
    path("<str:category>/compare/", views.standard_compare, name="compare"),
    path("<str:category>/<int:number>/", views.standard_version, name="version"),
    path("<str:category>/<int:number>/<str:file>", views.version_file, name="version_file"),
    path("<str:category>/sample/", views.standard_sample, name="sample"),
    path("<str:category>/sample/<str:file>", views.sample_file, name="sample_file"),
]
