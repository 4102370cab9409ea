from django.urls import path

from . import views

app_name = "opinions"
urlpatterns = [
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/send/", views.send, name="send"),
    path("lists/<int:pk>/", views.sheet, name="sheet"),
    path("lists/<int:pk>/papers/", views.bring, name="papers"),
    path("lists/<int:pk>/paper/", views.paper, name="paper"),
    path("lists/<int:pk>/not-awaited/", views.not_awaited, name="not_awaited"),
]
