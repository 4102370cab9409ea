from django.urls import path

from . import views

app_name = "standard_preview"
urlpatterns = [
    path("<int:pk>/bench/", views.bench, name="bench"),
    path("<int:pk>/preview/<str:code>/", views.preview, name="preview"),
    path("<int:pk>/preview/<str:code>/item/", views.item_as_typed, name="item"),
    path("<int:pk>/preview/<str:code>/checks/", views.check_as_typed, name="check_add"),
    path("<int:pk>/preview/<str:code>/checks/<str:check>/", views.check_as_typed, name="check"),
]
