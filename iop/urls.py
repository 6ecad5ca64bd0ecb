"""The site map."""

from django.urls import include, path

from iop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("accounts.urls")),
    path("today/", include("attendance.today.urls")),
    path("sheet/", include("attendance.sheet.urls")),
    path("", include("groups.urls")),
    path("enroll/", include("groups.enrolling.urls")),
    path("members/", include("groups.joining.urls")),
    path("closures/", include("groups.closing.urls")),
    path("schedule/", include("groups.editing.urls")),
    path("sessions/", include("groups.moving.urls")),
    path("", include("groups.feeds.urls")),
    path("staff/", include("groups.leading.urls")),
    path("clinic/", include("groups.clinic_settings.urls")),
    path("exceptions/", include("groups.exceptions_page.urls")),
    path("people/", include("hours.people.urls")),
    path("hours/", include("hours.urls")),
    path("reminders/", include("reminders.urls")),
    # for machines
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
