from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/review/marks/", views.mark_items, name="mark"),
    path("<int:pk>/review/decide/", views.decide, name="decide"),
]
