"""Entries of the skills diary are added, one or a whole card at once, and taken off the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.audit import write_audit
from accounts.keeping import keep
from accounts.models import User
from attendance.diary.entry import Entry
from attendance.diary.episode import episode_on
from attendance.models import SkillUse
from programs.models import Enrollment, Participant, Program


@transaction.atomic
def add_skill_uses(
    *,
    person: Participant,
    program: Program,
    entries: Sequence[Entry],
    today: date,
    now: datetime,
    by: User,
) -> list[SkillUse]:
    """Add the entries, all of them or none. Raises NotKept."""
    episodes = list(
        Enrollment.objects.of_person(person).filter(program=program).select_related("program")
    )
    return [
        _added(entry, episode_on(episodes, entry.used_on, today), person, now, by=by)
        for entry in entries
    ]


def _added(
    entry: Entry, episode: Enrollment, person: Participant, now: datetime, *, by: User
) -> SkillUse:
    use = SkillUse(
        enrollment=episode,
        used_on=entry.used_on,
        skill=entry.skill.strip(),
        helped=entry.helped,
        words=entry.words.strip(),
        entered_by=by,
        entered_at=now,
    )
    keep(use)
    write_audit(
        "skill_use.added",
        by=by,
        subject=use,
        participant_id=person.public_id,
        program_id=episode.program.public_id,
        used_on=entry.used_on.isoformat(),
    )
    return use


@transaction.atomic
def withdraw_skill_use(*, use: SkillUse, now: datetime, by: User) -> None:
    """Take an entry off the record; it stays in the history, with who took it off and when."""
    stored = SkillUse.objects.select_for_update(no_key=True).get(pk=use.pk)
    if stored.withdrawn_at:
        return
    stored.withdrawn_at, stored.withdrawn_by = now, by
    stored.save(update_fields=["withdrawn_at", "withdrawn_by"])
    write_audit(
        "skill_use.withdrawn",
        by=by,
        subject=stored,
        participant_id=use.enrollment.participant.public_id,
        program_id=use.enrollment.program.public_id,
    )
