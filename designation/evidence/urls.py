from django.urls import path

from . import views

app_name = "library"
urlpatterns = [
    path("", views.library_list, name="list"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.entry, name="entry"),
    path("<int:pk>/take-out/", views.take_out, name="take_out"),
    path("<int:pk>/file/", views.file, name="file"),
    path("<int:pk>/pages/<int:page>/<str:size>/", views.page, name="page"),
]
