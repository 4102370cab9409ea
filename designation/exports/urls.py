from django.urls import path

from . import views

app_name = "exports"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("lists/<slug:code>/", views.take, name="take"),
    path("lists/<slug:code>/columns/<int:pk>/forget/", views.forget, name="forget"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/file/", views.fetch, name="fetch"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
]
