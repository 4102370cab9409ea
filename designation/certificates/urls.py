from django.urls import path

from . import office_views, public_urls, views

app_name = "certificates"
_PLACE = "<str:county>/<int:year>/<int:number>/"
urlpatterns = [
    path("titles/<int:pk>/", office_views.issue, name="issue"),
    path("decisions/", office_views.decisions, name="decisions"),
    path("decisions/<int:pk>/", office_views.decision, name="decision"),
    path("decisions/<int:pk>/plaques/<int:county>/", office_views.plaques, name="plaques"),
    path("design/<int:pk>/", office_views.design, name="design"),
    path("design/<int:pk>/preview/", office_views.preview, name="preview"),
    *public_urls.urlpatterns,
    path(f"{_PLACE}certificate.pdf", views.file, name="file"),
]
