"""Makes the demo clinic: eight weeks of history that end in the middle of this week."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from attendance.clinic_folder import FolderRefused, import_clinic_folder
from hours.actions import check_care, check_weekly_hours
from iop.demo import aftermath
from iop.demo.callers import take_calls
from iop.demo.corrections import correct_a_record, get_in_touch
from iop.demo.days_since import folder_since, stored_anchor
from iop.demo.disclosures import let_things_leave
from iop.demo.episodes import put_episodes_on_record
from iop.demo.folder import Files, anchor_for, whole_folder, write_files
from iop.demo.guard import refuse_other_clinics
from iop.demo.library import fill_library, plan_lessons
from iop.demo.messages import send_past_messages
from iop.demo.planning import plan_demo
from iop.demo.records import (
    ask_for_safety,
    cosign_older_notes,
    raise_safety_alerts,
    set_record_rules,
    sign_notes,
    write_records,
)
from iop.demo.relapse_plans import write_relapse_plans
from iop.demo.requirements import set_requirements
from iop.demo.sign_ins import SIGN_INS, SignIn
from iop.demo.teaching import confirm_lessons
from iop.demo.trust import open_in_emergencies, sign_off_an_unusual_trail
from iop.demo.untidy import leave_things_untidy
from iop.demo.weeks import close_past_weeks, hand_out_alerts, set_hours_rules
from programs.models import Clinic

Say = Callable[[str], None]


def make_demo_clinic(*, say: Say = print, now: datetime | None = None) -> tuple[SignIn, ...]:
    """Fill an empty database with the demo clinic; one that holds it gets the days since.

    All or nothing: killed half-way, the next start begins again. Raises ImproperlyConfigured on
    a database that holds anything else.
    """
    refuse_other_clinics()
    now = now or timezone.now()
    anchor = stored_anchor() if Clinic.objects.exists() else None
    if anchor is None:
        _make(anchor_for(now), now, say)
    else:
        say("The demo clinic is there already; the days since are recorded.")
        _go_on(anchor, now, say)
    return SIGN_INS


@transaction.atomic
def _make(anchor: date, now: datetime, say: Say) -> None:
    _import(whole_folder(anchor, now), now, say)
    Clinic.objects.update(is_demo=True)
    aftermath.let_people_in()
    aftermath.book_make_ups(anchor, now)
    plan_demo(anchor, now)
    put_episodes_on_record(now)
    take_calls(now)
    leave_things_untidy(now)
    set_record_rules(now)
    set_hours_rules(now)
    set_requirements(now)
    write_records(now)
    ask_for_safety(now)
    raise_safety_alerts(now)
    _settle(now)
    fill_library(now)
    confirm_lessons(now)
    plan_lessons(now)
    close_past_weeks(now)
    correct_a_record(now)
    hand_out_alerts(now)
    get_in_touch(now)
    write_relapse_plans(now)
    _leave_traces(now)


def _leave_traces(now: datetime) -> None:
    """Let things be told, opened, taken along and looked through."""
    send_past_messages(now)
    open_in_emergencies(now)
    let_things_leave(now)
    sign_off_an_unusual_trail(now)


@transaction.atomic
def _go_on(anchor: date, now: datetime, say: Say) -> None:
    try:
        _import(folder_since(anchor, now), now, lambda line: None)
    except FolderRefused:
        say("Somebody's changes stand in the way of the days since: they are left out.")
    _settle(now)
    close_past_weeks(now)


def _settle(now: datetime) -> None:
    write_records(now)
    aftermath.sign_older_sessions(now)
    sign_notes(now)
    cosign_older_notes(now)
    check_weekly_hours(now=now, by=None)
    check_care(now=now, by=None)


def _import(files: Files, now: datetime, say: Say) -> None:
    with tempfile.TemporaryDirectory() as name:
        write_files(files, Path(name))
        import_clinic_folder(folder=Path(name), now=now, by=None, say=say)
