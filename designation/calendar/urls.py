from django.urls import path

from . import views

app_name = "calendar"
urlpatterns = [
    path("", views.year_list, name="list"),
    path("<int:number>/", views.year, name="year"),
    path("add/", views.add, name="add"),
    path("loads/<int:pk>/", views.load, name="load"),
    path("loads/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("loads/<int:pk>/decline/", views.decline, name="decline"),
]
