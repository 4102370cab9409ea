from django.urls import path

from . import open_views, views

app_name = "register"
urlpatterns = [
    path("", views.title_list, name="list"),
    path("open.csv", open_views.as_csv, name="open_csv"),
    path("open.json", open_views.as_json, name="open_json"),
    path("feed.atom", open_views.feed, name="feed"),
    path("<str:number>/", views.title, name="detail"),
]
