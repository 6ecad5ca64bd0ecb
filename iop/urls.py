"""The site map."""

from django.urls import include, path

from iop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("accounts.urls")),
    path("hours/", include("hours.urls")),
    # for machines
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
