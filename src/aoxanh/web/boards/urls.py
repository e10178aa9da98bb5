"""Addresses of the boards."""

from django.urls import path

from aoxanh.web.boards import views

urlpatterns = [
    path("board/", views.own_board, name="board"),
    path("board/<str:code>/", views.show, name="board"),
    path("board/<str:code>/table.csv", views.table_file, name="board_table"),
    path("board/<str:code>/team/<uuid:team_id>/", views.show, name="board_team"),
    path("board/<str:code>/team/<uuid:team_id>/table.csv", views.table_file, name="board_team_table"),
]
