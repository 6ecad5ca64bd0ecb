"""Rules of the weekly hours: written, simulated over past weeks, verified."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "rules"
urlpatterns: list[URLPattern] = []
