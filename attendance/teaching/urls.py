"""What a session teaches: to lead it by, and to confirm."""

from django.urls import path

from attendance.teaching import views

app_name = "teaching"
urlpatterns = [
    path("<uuid:program_id>/<uuid:session_id>/", views.teaching, name="teaching"),
    path("<uuid:program_id>/<uuid:session_id>/pack.pdf", views.pack, name="pack"),
]
