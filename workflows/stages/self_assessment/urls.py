from django.urls import path

from . import (
    arranging_views,
    item_views,
    library_views,
    paper_views,
    posting_views,
    receipt_views,
    section_views,
    typed_views,
    views,
)

urlpatterns = [
    path("type/<int:round_id>/", typed_views.begin, name="type"),
    path("<int:pk>/signed-papers/", typed_views.kept, name="signed_papers"),
    path("<int:pk>/summary/", views.summary, name="summary"),
    path("<int:pk>/posting/", posting_views.posting, name="posting"),
    path("<int:pk>/sections/<int:number>/", section_views.section, name="section"),
    path("<int:pk>/receipts/<int:number>/", receipt_views.receipt, name="receipt"),
    path("<int:pk>/receipts/<int:number>/copy.pdf", receipt_views.copy, name="copy"),
    path("<int:pk>/papers/", paper_views.papers, name="papers"),
    path("<int:pk>/papers/<str:kind>.<str:suffix>", paper_views.paper, name="paper"),
    path("<int:pk>/next/", section_views.next_open, name="next_open"),
    path("<int:pk>/items/<str:code>/", item_views.item, name="item"),
    path("<int:pk>/items/<str:code>/evidence/", item_views.evidence_add, name="evidence_add"),
    path("<int:pk>/items/<str:code>/arrange/", arranging_views.arrange, name="arrange"),
    path("<int:pk>/items/<str:code>/cite/", item_views.evidence_cite, name="evidence_cite"),
    path("<int:pk>/items/<str:code>/library/", library_views.choose, name="library"),
    path("<int:pk>/evidence/<int:evidence_id>/", item_views.evidence_file, name="evidence"),
    path(
        "<int:pk>/items/<str:code>/evidence/<int:evidence_id>/remove/",
        item_views.evidence_remove,
        name="evidence_remove",
    ),
]
