"""What the demo clinic made of its weeks: rules verified, weeks closed, alerts handed out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from accounts.models import User
from hours.alerting.actions import give_alert, snooze_alert
from hours.concluding.actions import close_week
from hours.concluding.due import due_weeks
from hours.models import Alert
from iop.demo.folder import ZONE
from iop.demo.sign_ins import SIGN_INS
from iop.demo.timetable import CLINICIAN, EVENING
from programs.models import AlertRule, HoursRule, Program
from programs.weeks import instant, local_date

DIRECTOR = SIGN_INS[0].email
VERIFIED_AFTER = timedelta(days=20)
MOST_GAP_DAYS = 4
# Weeks were closed on their third day, in the morning.
CLOSED_AFTER = timedelta(days=2)
CLOSED_AT = time(9)
CITATION = "Example policy; verify with your license and payer contract"


def set_hours_rules(now: datetime) -> None:
    """Say who verified the rules and how long a gap may be; evenings are warned earlier."""
    director = User.objects.get(email=DIRECTOR)
    for rule in HoursRule.objects.all():
        rule.verified_by = director
        rule.verified_on = rule.effective_from + VERIFIED_AFTER
        rule.max_gap_days = MOST_GAP_DAYS
        rule.save(update_fields=["verified_by", "verified_on", "max_gap_days"])
    AlertRule.objects.create(
        program=Program.objects.get(code=EVENING),
        effective_from=date(local_date(now, ZONE).year, 1, 1),
        units_left=4,
        citation=CITATION,
    )


def close_past_weeks(now: datetime) -> None:
    """Close every week that is due, each as if on its own third day after the end."""
    for program in Program.objects.select_related("site").order_by("code"):
        for week in due_weeks(program, now):
            closed_on = week.last_on + timedelta(days=1) + CLOSED_AFTER
            closed_at = min(instant(closed_on, CLOSED_AT, program.zone), now)
            close_week(program=program, week=week, now=closed_at, by=None)


def hand_out_alerts(now: datetime) -> None:
    """Give the worst alert to the clinician, and let another wait for a reason."""
    director, clinician = (User.objects.get(email=each) for each in (DIRECTOR, CLINICIAN))
    opened = Alert.objects.open().order_by("-minutes_short", "pk")
    worst = opened.first()
    if worst is None:
        return
    give_alert(alert=worst, to=clinician, now=now, by=director)
    other = opened.exclude(enrollment=worst.enrollment_id).first()
    if other is not None:
        today = local_date(now, ZONE)
        snooze_alert(
            alert=other,
            until=today + timedelta(days=2),
            reason="Has a court date this week and told us before.",
            today=today,
            by=clinician,
        )
