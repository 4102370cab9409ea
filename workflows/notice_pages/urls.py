from django.urls import path

from ..stages.objections import views as objection_views
from . import public_urls
from . import views as desk_views

app_name = "notices"
urlpatterns = [
    *public_urls.urlpatterns,
    path("desk/", desk_views.desk, name="desk"),
    path("desk/compose/<int:round_id>/", desk_views.compose, name="compose"),
    path("desk/<int:pk>/", desk_views.manage, name="manage"),
    path("desk/<int:pk>/mend/", desk_views.mend, name="mend"),
    path("desk/<int:pk>/send-back/", desk_views.send_back, name="send_back"),
    path("desk/<int:pk>/paper.<str:suffix>", desk_views.paper, name="paper"),
    path("desk/<int:pk>/<slug:step>/", desk_views.step, name="step"),
    path("desk/objections/<int:pk>/", objection_views.objection, name="objection"),
    path("desk/objections/<int:pk>/answer.<str:suffix>", objection_views.answer, name="answer"),
    path("desk/entries/<int:entry_id>/objection/", objection_views.enter, name="enter"),
    path("desk/objections/<int:pk>/identity/", objection_views.identity, name="identity"),
]
