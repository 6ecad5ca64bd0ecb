"""Health, for people and for Prometheus."""

from django.urls import path

from iop.health import views

app_name = "health"
urlpatterns = [
    path("health/<uuid:program_id>/", views.health, name="health"),
    path("metrics", views.metrics, name="metrics"),
]
