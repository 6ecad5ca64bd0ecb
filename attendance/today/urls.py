"""Today: my room now, who is missing, what I owe."""

from django.urls import path

from attendance.today import views

app_name = "today"
urlpatterns = [
    path("<uuid:program_id>/", views.today, name="today"),
    path("<uuid:program_id>/history/<uuid:group_id>/", views.history, name="history"),
]
