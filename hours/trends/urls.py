"""Pictures of many weeks, each with its table, and as files."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "trends"
urlpatterns: list[URLPattern] = []
