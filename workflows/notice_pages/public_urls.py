from django.urls import path

from ..stages.objections import public_views as objection_views
from ..stages.public_notice import views
from . import open_views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/open.json", open_views.as_json, name="open_json"),
    path("<int:pk>/object/<int:entry_id>/", objection_views.object_to, name="object"),
    path("objections/", objection_views.follow, name="follow"),
]
