from django.urls import path

from . import views

app_name = "adoptions"
urlpatterns = [
    path("<str:category>/adopt/", views.adopt, name="adopt"),
]
