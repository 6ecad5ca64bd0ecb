"""Pictures of many weeks, each with its table, and as files."""

from __future__ import annotations

from django.urls import path

from hours.trends import views
from hours.trends.table import Kind
from hours.trends.tables import Topic

app_name = "trends"
urlpatterns = [
    path("<uuid:program_id>/", views.trends, name="trends"),
    path("<uuid:program_id>/trends.pdf", views.export_pdf, name="pdf"),
    # met.csv, met.xlsx, hours.csv, …
    *(
        path(
            f"<uuid:program_id>/{topic}.{kind}",
            views.export,
            {"topic": topic, "kind": kind},
            name=f"{topic}_{kind}",
        )
        for topic in Topic
        for kind in Kind
    ),
]
