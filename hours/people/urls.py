"""People, and one participant."""

from django.urls import path

from hours.people import views

app_name = "people"
urlpatterns = [
    path("<uuid:program_id>/", views.people, name="people"),
    path("<uuid:program_id>/<uuid:participant_id>/", views.participant, name="participant"),
    # weeks.csv, weeks.xlsx, weeks.pdf
    *(
        path(
            f"<uuid:program_id>/<uuid:participant_id>/weeks.{kind}",
            views.weeks_file,
            {"kind": kind},
            name=f"weeks_{kind}",
        )
        for kind in ("csv", "xlsx", "pdf")
    ),
]
