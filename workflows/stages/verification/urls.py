from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/visit/", views.visit, name="visit"),
    path("<int:pk>/verify/", views.verify, name="verify"),
    path("<int:pk>/verify/declare/", views.declare, name="declare"),
    path("<int:pk>/verify/sign/", views.sign, name="sign"),
    path("<int:pk>/verify/reject/", views.reject, name="reject"),
    path("<int:pk>/verify/items/<str:code>/", views.measure, name="measure"),
]
