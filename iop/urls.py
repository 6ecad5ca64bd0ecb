"""The site map."""

from django.urls import include, path

from iop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("accounts.urls")),
    path("today/", include("attendance.today.urls")),
    path("sheet/", include("attendance.sheet.urls")),
    path("check-ins/", include("attendance.check_ins.urls")),
    path("kiosk/", include("attendance.kiosk.urls")),
    path("notes/", include("attendance.notes.urls")),
    path("owed/", include("attendance.owed.urls")),
    path("outreach/", include("attendance.outreach.urls")),
    path("papers/", include("attendance.papers.urls")),
    path("amend/", include("hours.amending.urls")),
    path("days/", include("hours.days.urls")),
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
    path("person/", include("programs.profile.urls")),
    path("plan/", include("programs.plan.urls")),
    path("authorizations/", include("programs.authorizing.urls")),
    path("agreements/", include("programs.agreements.urls")),
    path("episodes/", include("groups.episodes.urls")),
    path("referrals/", include("programs.referring.urls")),
    path("duplicates/", include("programs.merging.urls")),
    path("census/", include("groups.census.urls")),
    path("import/", include("attendance.clinic_upload.urls")),
    path("hours/", include("hours.urls")),
    path("summary/", include("hours.summary.urls")),
    path("reminders/", include("reminders.urls")),
    # for machines
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
