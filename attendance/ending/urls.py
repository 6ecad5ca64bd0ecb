"""The accounts of colleagues: how they come in, and how their work ends."""

from django.urls import path

from attendance.ending import views

app_name = "ending"
urlpatterns = [
    path("<uuid:program_id>/former/", views.former, name="former"),
    path("<uuid:program_id>/<uuid:user_id>/", views.account, name="account"),
    path("<uuid:program_id>/<uuid:user_id>/link/", views.link, name="link"),
    path("<uuid:program_id>/<uuid:user_id>/factors/", views.factors, name="factors"),
    path("<uuid:program_id>/<uuid:user_id>/end/", views.end, name="end"),
    path("<uuid:program_id>/<uuid:user_id>/back/", views.back, name="back"),
]
