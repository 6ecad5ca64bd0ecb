"""Libraries that a program can begin with."""

from django.urls import path

from curriculum.starter import views

app_name = "starter"
urlpatterns = [
    path("<uuid:program_id>/", views.starter, name="starter"),
]
