"""Rescue: the make-up seats that still save a week, for one person and for a program."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "rescue"
urlpatterns: list[URLPattern] = []
