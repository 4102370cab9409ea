from django.urls import path

from . import editing_views, reading_views, views

app_name = "drafting"
urlpatterns = [
    path("", views.drafts_list, name="list"),
    path("copy/", views.copy, name="copy"),
    path("blank/", views.blank, name="blank"),
    path("read/", reading_views.read, name="read"),
    path("readings/<int:pk>/", reading_views.reading, name="reading"),
    path("readings/<int:pk>/<int:place>/", reading_views.take, name="take"),
    path("<int:pk>/", views.draft, name="draft"),
    path("<int:pk>/files/<str:file>", views.file, name="file"),
    path("<int:pk>/questions/", views.questions, name="questions"),
    path("<int:pk>/compare/", views.compare, name="compare"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/retire/", views.retire, name="retire"),
    path("<int:pk>/details/", editing_views.details, name="details"),
    path("<int:pk>/sections/add/", editing_views.section_add, name="section_add"),
    path("<int:pk>/sections/<int:section_pk>/", editing_views.section, name="section"),
    path("<int:pk>/sections/<int:section_pk>/items/", editing_views.item_add, name="item_add"),
    path("<int:pk>/items/<str:code>/", editing_views.item, name="item"),
    path("<int:pk>/items/<str:code>/checks/", editing_views.check_add, name="check_add"),
    path("<int:pk>/items/<str:code>/checks/<str:check>/", editing_views.check, name="check"),
]
