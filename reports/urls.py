from django.urls import path

from .board import views as board
from .workload import views as workload

app_name = "reports"
urlpatterns = [
    path("rounds/<int:pk>/", board.board, name="board"),
    path("rounds/<int:pk>/workload/", workload.workload, name="workload"),
]
