from django.urls import path

from . import item_views, library_views, views

urlpatterns = [
    path("", views.application_list, name="list"),
    path("start/<int:round_id>/", views.start, name="start"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/perform/<slug:name>/", views.perform, name="perform"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/sheet.pdf", views.sheet, name="sheet"),
    path("<int:pk>/summary/", views.summary, name="summary"),
    path("<int:pk>/items/<str:code>/", item_views.item, name="item"),
    path("<int:pk>/items/<str:code>/evidence/", item_views.evidence_add, name="evidence_add"),
    path("<int:pk>/items/<str:code>/cite/", item_views.evidence_cite, name="evidence_cite"),
    path("<int:pk>/items/<str:code>/library/", library_views.choose, name="library"),
    path("<int:pk>/evidence/<int:evidence_id>/", item_views.evidence_file, name="evidence"),
    path(
        "<int:pk>/items/<str:code>/evidence/<int:evidence_id>/remove/",
        item_views.evidence_remove,
        name="evidence_remove",
    ),
]
