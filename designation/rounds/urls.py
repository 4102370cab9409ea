from django.urls import path

from . import department_views, public_urls, routing_views, views

app_name = "rounds"
urlpatterns = [
    *public_urls.urlpatterns,
    path("add/", views.add, name="add"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/categories/", views.categories, name="categories"),
    path("<int:pk>/methods/", views.methods, name="methods"),
    path("<int:pk>/terms/", views.terms, name="terms"),
    path("<int:pk>/vetoes/", views.vetoes, name="vetoes"),
    path("<int:pk>/departments/", department_views.asked, name="departments"),
    path("<int:pk>/departments/add/", department_views.add, name="department_add"),
    path(
        "<int:pk>/departments/<int:department>/remove/",
        department_views.remove,
        name="department_remove",
    ),
    path("<int:pk>/places/", views.recommendations, name="places"),
    path("<int:pk>/routing/", routing_views.routes, name="routing"),
    path("<int:pk>/extend/", views.extend, name="extend"),
    path("<int:pk>/extend-one/", views.extend_for, name="extend_for"),
    path("<int:pk>/definitions/<int:definition>/", views.correct_term, name="correct_term"),
    path("<int:pk>/copy/", views.copy, name="copy"),
    path("<int:pk>/open/", views.open_round, name="open"),
    path("<int:pk>/close/", views.close_round, name="close"),
]
