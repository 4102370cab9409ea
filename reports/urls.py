from django.urls import path

from .board import views as board
from .tables import views as tables

app_name = "reports"
urlpatterns = [
    path("rounds/<int:pk>/", board.board, name="board"),
    path("applications.<slug:kind>", tables.applications, name="table"),
]
