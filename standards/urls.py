from django.urls import path

from . import views

app_name = "standards"
urlpatterns = [
    path("", views.standard_list, name="list"),
    path("<str:category>/", views.standard_detail, name="detail"),
    path("<str:category>/compare/", views.standard_compare, name="compare"),
    path("<str:category>/<int:number>/", views.standard_version, name="version"),
    path("<str:category>/<int:number>/yaml/", views.version_yaml, name="version_yaml"),
    path("<str:category>/sample/", views.standard_sample, name="sample"),
    path("<str:category>/sample/yaml/", views.sample_yaml, name="sample_yaml"),
]
