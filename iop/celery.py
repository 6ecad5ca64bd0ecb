"""The queue and its clock. Due work is rows; a message only says "look now"."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iop.settings")

app = Celery("iop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sessions out to the horizon": {
        "task": "groups.generate_sessions",
        "schedule": crontab(hour="8", minute="10"),
    },
    "seats for those who wait": {
        "task": "groups.promote_waiting",
        "schedule": crontab(minute="20"),
    },
    "reminders planned": {
        "task": "reminders.plan_reminders",
        "schedule": crontab(minute="*/10"),
    },
    "reminders sent": {
        "task": "reminders.send_due_reminders",
        "schedule": crontab(),
    },
    "notices planned": {
        "task": "attendance.plan_notices",
        "schedule": crontab(minute="*/10"),
    },
    "notices sent": {
        "task": "reminders.send_due_notices",
        "schedule": crontab(),
    },
    "drafts swept": {
        "task": "groups.sweep_drafts",
        "schedule": crontab(hour="3", minute="40"),
    },
    "uploads checked": {
        "task": "attendance.check_uploads",
        "schedule": crontab(),
    },
    "uploads imported": {
        "task": "attendance.import_uploads",
        "schedule": crontab(),
    },
    "uploads swept": {
        "task": "attendance.sweep_uploads",
        "schedule": crontab(minute="50"),
    },
    "people who were missed": {
        "task": "attendance.open_outreach",
        "schedule": crontab(minute="*/10"),
    },
    "weekly hours": {
        "task": "hours.check_weekly_hours",
        "schedule": crontab(minute="5"),
    },
    "care": {
        "task": "hours.check_care",
        "schedule": crontab(minute="10"),
    },
    # After the check, so that the numbers are the hour's.
    "digests planned": {
        "task": "hours.plan_digests",
        "schedule": crontab(minute="20"),
    },
    # Past midnight at every site, Hawaii's too.
    "weeks closed": {
        "task": "hours.close_weeks",
        "schedule": crontab(hour="10", minute="40"),
    },
}
