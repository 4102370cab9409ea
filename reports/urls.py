from django.urls import path

from .archive import views as archive
from .board import views as board
from .figures import views as figures
from .workload import views as workload

app_name = "reports"
urlpatterns = [
    path("rounds/<int:pk>/", board.board, name="board"),
    path("rounds/<int:pk>/figures/", figures.of_round, name="figures"),
    path("rounds/<int:pk>/figures/items/", figures.of_items, name="item_figures"),
    path("rounds/<int:pk>/figures/report.docx", figures.report, name="report"),
    path("figures/", figures.of_year, name="year_figures"),
    path("rounds/<int:pk>/workload/", workload.workload, name="workload"),
    path("rounds/<int:pk>/archive/", archive.archive_round, name="archive_round"),
    path("cases/<int:pk>/archive/", archive.archive_case, name="archive_case"),
]
