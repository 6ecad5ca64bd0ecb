"""A clinic folder sent from the browser."""

from django.urls import path

from attendance.clinic_upload import views

app_name = "uploads"
urlpatterns = [
    path("<uuid:program_id>/", views.uploads, name="uploads"),
    path("<uuid:program_id>/empty-folder/", views.empty_folder, name="empty_folder"),
    path("<uuid:program_id>/<uuid:upload_id>/", views.upload, name="upload"),
    path("<uuid:program_id>/<uuid:upload_id>/import/", views.apply, name="apply"),
    path("<uuid:program_id>/<uuid:upload_id>/drop/", views.drop, name="drop"),
]
