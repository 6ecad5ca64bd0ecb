"""The order of lessons that lets the most people finish."""

from django.urls import path

from attendance.proposing import views

app_name = "proposal"
urlpatterns = [
    path("<uuid:program_id>/<uuid:group_id>/", views.proposal, name="proposal"),
]
