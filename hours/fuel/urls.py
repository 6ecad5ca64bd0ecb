"""Authorizations as a fuel gauge: approved, used, scheduled, and when they run out."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "fuel"
urlpatterns: list[URLPattern] = []
