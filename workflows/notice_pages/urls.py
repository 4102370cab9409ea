from django.urls import path

from ..stages.objections import (
    hearing_views,
    investigation_views,
    joining_views,
    longer_views,
)
from ..stages.objections import views as objection_views
from . import posting_views, public_urls
from . import views as desk_views

app_name = "notices"
urlpatterns = [
    *public_urls.urlpatterns,
    path("desk/", desk_views.desk, name="desk"),
    path("desk/compose/<int:round_id>/", desk_views.compose, name="compose"),
    path("desk/<int:pk>/", desk_views.manage, name="manage"),
    path("desk/<int:pk>/mend/", desk_views.mend, name="mend"),
    path("desk/<int:pk>/extend/", desk_views.extend, name="extend"),
    path("desk/<int:pk>/restart/", desk_views.restart, name="restart"),
    path("desk/<int:pk>/send-back/", desk_views.send_back, name="send_back"),
    path("desk/<int:pk>/paper.<str:suffix>", desk_views.paper, name="paper"),
    path("desk/<int:pk>/postings/", posting_views.record, name="record_posting"),
    path("desk/<int:pk>/correction.<str:suffix>", desk_views.correction, name="correction"),
    path("desk/<int:pk>/<slug:step>/", desk_views.step, name="step"),
    path("desk/objections/<int:pk>/", objection_views.objection, name="objection"),
    path("desk/objections/<int:pk>/letter.<str:suffix>", objection_views.letter, name="letter"),
    path("desk/entries/<int:entry_id>/objection/", objection_views.enter, name="enter"),
    path("desk/objections/<int:pk>/identity/", objection_views.identity, name="identity"),
    path("desk/objections/<int:pk>/answer/", objection_views.give_answer, name="answer"),
    path("desk/objections/<int:pk>/hearing/", hearing_views.redact, name="redact"),
    path("desk/objections/<int:pk>/hearing/release/", hearing_views.release, name="release"),
    path("desk/objections/<int:pk>/investigator/", investigation_views.assign, name="assign"),
    path("desk/objections/<int:pk>/report/", investigation_views.report, name="report"),
    path("desk/objections/<int:pk>/longer/", longer_views.ask, name="ask_longer"),
    path("desk/objections/<int:pk>/join/", joining_views.join, name="join"),
    path("desk/objections/<int:pk>/separate/", joining_views.separate, name="separate"),
    path("desk/longer/<int:pk>/", longer_views.answer, name="longer"),
    path("hearings/<int:pk>/", hearing_views.put, name="hearing"),
    path("hearings/<int:pk>/library/", hearing_views.library, name="hearing_library"),
    path(
        "desk/objections/<int:pk>/attachments/<int:number>/",
        objection_views.attachment,
        name="attachment",
    ),
]
