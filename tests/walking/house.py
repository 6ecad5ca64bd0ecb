"""What hangs on a program and its staff: rules, closures, words, licenses, and what was changed."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from attendance.models import ClinicUpload
from groups.models import CalendarFeed
from programs.models import RetentionRule, TrailReview
from tests import build, build_episodes, build_hours, build_records, build_reminders, build_staff
from tests import build_curriculum as taught
from tests.walking.furnishing import Part


def keep_house(part: Part, director: User, *, since: int) -> None:
    """Make a program's rules, from `since` days ago on: two parts of one program differ in it."""
    _rules(part, since)
    _staff(part)
    _changes(part, director)


def _rules(part: Part, since: int) -> None:
    rows, program, day = part.rows, part.program, part.day(-since)
    rows["hours_rule"] = build.a_rule(program, effective_from=day)
    rows["schedule_rule"] = build.a_schedule_rule(program, effective_from=day)
    rows["record_rule"] = build_records.a_record_rule(program, effective_from=day)
    rows["alert_rule"] = build_hours.an_alert_rule(program, effective_from=day)
    rows["curriculum_rule"] = taught.a_curriculum_rule(program, effective_from=day)
    rows["retention_rule"] = RetentionRule.objects.create(program=program, effective_from=day)
    rows["closure"] = build.a_closure(
        program, first_on=part.day(since), last_on=part.day(since), reason="Picnic"
    )


def _staff(part: Part) -> None:
    rows, colleague = part.rows, part.leaders[0]
    rows["user"] = colleague
    rows["license"] = build_staff.a_license(colleague)
    rows["staff_leave"] = build_staff.a_staff_leave(colleague, part.day(60), part.day(65))
    rows["availability"] = build_staff.an_availability(colleague, first_on=part.day(-21))


def _changes(part: Part, director: User) -> None:
    rows, program = part.rows, part.program
    rows["change"] = build.a_schedule_change(
        program, made_at=part.now, made_by=director, reason=part.marks.remark
    )
    rows["exception"] = build.a_schedule_exception(
        program,
        session=rows["session"],
        first_on=part.day(0),
        last_on=part.day(0),
        made_at=part.now,
        reason=part.marks.remark,
    )
    TrailReview.objects.get_or_create(
        program=program,
        first_on=part.day(-14),
        last_on=part.day(-8),
        reviewed_by=director,
        defaults={"lines": 12, "reviewed_at": part.now, "note": "Seen."},
    )


def keep_for(part: Part, user: User) -> dict[str, object]:
    """Return what is a person's own: a draft, a calendar address, an upload."""
    number = f"{user.pk:032x}"
    return {
        "draft": build_episodes.a_draft(part.program, user, kept_at=part.now),
        "feed": CalendarFeed.objects.create(
            user=user, secret_hash=number.rjust(64, "0"), made_at=part.ago(days=1)
        ),
        "upload": ClinicUpload.objects.create(
            uploaded_by=user,
            uploaded_at=part.now,
            stored_name=number,
            size_bytes=12,
            status="ready",
            finished_at=part.now + timedelta(0),
        ),
        "notice": build_reminders.a_notice(user, part.program, due_at=part.now),
    }
