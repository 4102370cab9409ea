from django.urls import path

from . import views

app_name = "replays"
urlpatterns = [
    path("", views.replay_list, name="list"),
    path("begin/", views.choose, name="choose"),
    path("begin/<int:pk>/", views.begin, name="begin"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/csv/", views.as_csv, name="csv"),
    path("<int:pk>/xlsx/", views.as_xlsx, name="xlsx"),
]
