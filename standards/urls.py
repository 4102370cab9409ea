from django.urls import path

from . import views

app_name = "standards"
urlpatterns = [
    path("", views.standard_list, name="list"),
    path("<str:category>/", views.standard_detail, name="detail"),
    path("<str:category>/sample/", views.standard_sample, name="sample"),
]
