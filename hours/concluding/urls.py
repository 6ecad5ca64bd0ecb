"""Closing a week: what was concluded, and what was corrected since."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "concluding"
urlpatterns: list[URLPattern] = []
