from django.urls import path

from . import views

app_name = "register"
urlpatterns = [
    path("", views.title_list, name="list"),
    path("<str:number>/", views.title, name="detail"),
]
