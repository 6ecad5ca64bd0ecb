"""The staff of a program, one of them, and who leads one session instead of whom."""

from django.urls import path

from groups.leading import views

app_name = "staff"
urlpatterns = [
    path("<uuid:program_id>/", views.staff, name="staff"),
    path("<uuid:program_id>/<uuid:user_id>/", views.person, name="person"),
    # what is on record of somebody
    path("<uuid:program_id>/<uuid:user_id>/license/", views.add_license, name="add_license"),
    path("<uuid:program_id>/<uuid:user_id>/leave/", views.add_leave, name="add_leave"),
    path(
        "<uuid:program_id>/<uuid:user_id>/availability/",
        views.add_availability,
        name="add_availability",
    ),
    path(
        "<uuid:program_id>/<uuid:user_id>/license/<uuid:license_id>/withdraw/",
        views.withdraw_license,
        name="withdraw_license",
    ),
    path(
        "<uuid:program_id>/<uuid:user_id>/leave/<uuid:leave_id>/withdraw/",
        views.withdraw_leave,
        name="withdraw_leave",
    ),
    path(
        "<uuid:program_id>/<uuid:user_id>/availability/<uuid:availability_id>/withdraw/",
        views.withdraw_availability,
        name="withdraw_availability",
    ),
    # who leads one session
    path("<uuid:program_id>/session/<uuid:session_id>/", views.substitute, name="substitute"),
]
