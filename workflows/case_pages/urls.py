from django.urls import path

from . import (
    confirm_views,
    letter_views,
    reasoned_views,
    reminder_views,
    standing_views,
    start_views,
    views,
)

urlpatterns = [
    path("", views.application_list, name="list"),
    path("start/<int:round_id>/", start_views.start, name="start"),
    path("standing/<int:round_id>/", standing_views.page, name="standing"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/perform/<slug:name>/", views.perform, name="perform"),
    path("<int:pk>/confirm/", confirm_views.confirm, name="confirm"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    *(
        path(f"<int:pk>/{name.replace('_', '-')}/", reasoned_views.page, {"name": name}, name=name)
        for name in reasoned_views.PASSAGES
    ),
    path("late/", reminder_views.late, name="remind_late"),
    path("<int:pk>/remind/", reminder_views.page, name="remind"),
    path("<int:pk>/take-over/", views.take_over, name="take_over"),
    path("<int:pk>/letters/<int:decision>.<str:suffix>", letter_views.letter, name="letter"),
    path("<int:pk>/visits/<int:visit>.pdf", letter_views.visit_record, name="visit_record"),
    path("<int:pk>/sheet.pdf", views.sheet, name="sheet"),
]
