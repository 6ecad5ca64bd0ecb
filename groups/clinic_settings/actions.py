"""What changes about a site, its rooms, and the rules that a program's calendar should keep to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import DataError, models, transaction
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from groups.clinic_settings.beginning import not_in_the_past, one_at_a_time, yet_to_begin
from groups.models import GroupSession
from groups.schedule.lock import schedule_lock
from programs.models import Program, RequiredCredential, Room, ScheduleRule, Site

LIMITS = (
    "min_days_per_week",
    "max_days_per_week",
    "min_minutes_per_day",
    "max_minutes_per_day",
    "max_gap_days",
    "max_per_facilitator",
)
# Kinds of group with the credentials of which any one will do.
Credentials = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class SiteFacts:
    """What may be changed about a site."""

    timezone: str
    state: str
    reminder_sender: str
    callback_phone: PhoneNumber | str


@dataclass(frozen=True)
class RoomFacts:
    """What may be said about a room."""

    name: str
    capacity: int
    turnover_minutes: int


@transaction.atomic
def change_site(*, site: Site, facts: SiteFacts, program: Program, by: User | None) -> None:
    """Keep the facts of the site on which `program` looks; writes nothing where none differs.

    A time zone stays once there are sessions, past or to come: it would move all of them. Raises
    NotKept.
    """
    schedule_lock()
    stored = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    if facts.timezone != stored.timezone:
        _no_sessions_at(stored)
    if not (changed := _change(stored, asdict(facts))):
        return
    try:
        with transaction.atomic():
            keep(stored)
    except DataError as refused:
        # A name that Python knows and PostgreSQL does not.
        raise NotKept({"timezone": [_("The database knows no such time zone.")]}) from refused
    write_audit("site.changed", by=by, subject=stored, program_id=program.public_id, fields=changed)


@transaction.atomic
def add_room(*, site: Site, facts: RoomFacts, program: Program, by: User | None) -> Room:
    """Add a room to the site. Raises NotKept."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    room = Room(site=site, **asdict(facts))
    keep(room, otherwise="name")
    _audit_room("room.added", room, program, by, asdict(facts))
    return room


@transaction.atomic
def change_room(*, room: Room, facts: RoomFacts, program: Program, by: User | None) -> None:
    """Change a room; sessions that no longer fit are warned about. Raises NotKept."""
    Site.objects.select_for_update(no_key=True).get(pk=room.site_id)
    stored = Room.objects.get(pk=room.pk)
    if changed := _change(stored, asdict(facts)):
        keep(stored, otherwise="name")
        _audit_room("room.changed", stored, program, by, changed)


@transaction.atomic
def add_schedule_rule(
    *, rule: ScheduleRule, credentials: Credentials, today: date, by: User | None
) -> ScheduleRule:
    """Add a rule that begins today or later. Raises NotKept."""
    one_at_a_time(rule.program)
    not_in_the_past(rule, today)
    keep(rule, otherwise="effective_from")
    _require(rule, credentials)
    _audit_rule("schedule_rule.added", rule, by)
    return rule


@transaction.atomic
def change_schedule_rule(
    *,
    rule: ScheduleRule,
    wanted: ScheduleRule,
    credentials: Credentials,
    today: date,
    by: User | None,
) -> None:
    """Make a rule that has not begun say what `wanted` says. Raises NotKept."""
    stored = yet_to_begin(rule, today)
    _change(stored, {name: getattr(wanted, name) for name in ("effective_from", *LIMITS)})
    stored.citation = wanted.citation
    not_in_the_past(stored, today)
    keep(stored, otherwise="effective_from")
    _require(stored, credentials)
    _audit_rule("schedule_rule.changed", stored, by)


@transaction.atomic
def delete_schedule_rule(*, rule: ScheduleRule, today: date, by: User | None) -> None:
    """Take back a rule that has not begun. Raises NotKept."""
    stored = yet_to_begin(rule, today)
    _audit_rule("schedule_rule.deleted", stored, by)
    stored.credentials.all().delete()
    stored.delete()


def _no_sessions_at(site: Site) -> None:
    if GroupSession.objects.filter(group__program__site=site).exists():
        words = _(
            "The time zone stays: sessions are on record at this site, and it would move them."
        )
        raise NotKept({"timezone": [words]})


def _require(rule: ScheduleRule, credentials: Credentials) -> None:
    """Let exactly these credentials be required: nothing else, nothing twice."""
    wanted = {(kind, each) for kind, listed in credentials.items() for each in listed}
    stored = {(each.kind, each.credential): each for each in rule.credentials.all()}
    gone = [row.pk for key, row in stored.items() if key not in wanted]
    rule.credentials.filter(pk__in=gone).delete()
    for kind, credential in sorted(wanted - set(stored)):
        keep(RequiredCredential(rule=rule, kind=kind, credential=credential))


def _change(row: models.Model, facts: Mapping[str, object]) -> list[str]:
    """Set what differs on the row, and return the names of those fields."""
    changed = sorted(name for name, value in facts.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, facts[name])
    return changed


def _audit_room(
    verb: str, room: Room, program: Program, by: User | None, fields: Collection[str]
) -> None:
    write_audit(
        verb,
        by=by,
        subject=room,
        program_id=program.public_id,
        capacity=room.capacity,
        turnover_minutes=room.turnover_minutes,
        fields=list(fields),
    )


def _audit_rule(verb: str, rule: ScheduleRule, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=rule,
        program_id=rule.program.public_id,
        effective_from=rule.effective_from.isoformat(),
        credentials=rule.credentials.count(),
        **{name: getattr(rule, name) for name in LIMITS},
    )
