"""Rescue: the make-up seats that still save a week, for one person and for a program."""

from __future__ import annotations

from django.urls import path

from hours.rescue import views

app_name = "rescue"
urlpatterns = [
    # rescue/<program>/
    path("<uuid:program_id>/", views.program, name="program"),
    path("<uuid:program_id>/book/", views.book_program, name="book_program"),
    # rescue/<program>/<enrollment>/
    path("<uuid:program_id>/<uuid:enrollment_id>/", views.person, name="person"),
    path("<uuid:program_id>/<uuid:enrollment_id>/book/", views.book, name="book"),
    path(
        "<uuid:program_id>/<uuid:enrollment_id>/<uuid:seat_id>/give-back/",
        views.give_back,
        name="give_back",
    ),
]
