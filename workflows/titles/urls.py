from django.urls import path

from . import views

app_name = "titles"
urlpatterns = [
    path("<int:pk>/", views.title, name="title"),
    path("<int:pk>/papers/<int:step>.<str:suffix>", views.paper, name="paper"),
    path("<int:pk>/<slug:name>/", views.act, name="act"),
]
