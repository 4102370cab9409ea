from django.urls import path

from . import queue_views, views

urlpatterns = [
    path("review/", queue_views.waiting, name="queue"),
    path("review/batch/", queue_views.recommend, name="batch"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/review/marks/", views.mark_items, name="mark"),
    path("<int:pk>/review/claim/", queue_views.claim, name="claim"),
    path("<int:pk>/review/decide/", views.decide, name="decide"),
]
