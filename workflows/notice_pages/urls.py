from django.urls import path

from ..stages.objections import public_views as objection_public_views
from ..stages.objections import views as objection_views
from ..stages.public_notice import views as public_views
from . import views as desk_views

app_name = "notices"
urlpatterns = [
    path("", public_views.notice_list, name="list"),
    path("<int:pk>/", public_views.detail, name="detail"),
    path("<int:pk>/object/<int:entry_id>/", objection_public_views.object_to, name="object"),
    path("objections/", objection_public_views.follow, name="follow"),
    path("desk/", desk_views.desk, name="desk"),
    path("desk/compose/<int:round_id>/", desk_views.compose, name="compose"),
    path("desk/<int:pk>/", desk_views.manage, name="manage"),
    path("desk/<int:pk>/mend/", desk_views.mend, name="mend"),
    path("desk/<int:pk>/send-back/", desk_views.send_back, name="send_back"),
    path("desk/<int:pk>/<slug:step>/", desk_views.step, name="step"),
    path("desk/objections/<int:pk>/", objection_views.objection, name="objection"),
    path("desk/entries/<int:entry_id>/objection/", objection_views.enter, name="enter"),
    path("desk/objections/<int:pk>/identity/", objection_views.identity, name="identity"),
]
