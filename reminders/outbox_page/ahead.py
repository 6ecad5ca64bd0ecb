"""What is to go out, in the words it would have if it went now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from programs.models import Clinic, Program
from programs.weeks import local_date
from reminders.links import answer_url
from reminders.models import MessageTemplate, Reason, Reminder, ReminderKind
from reminders.outbox_page.said import Said, words_in
from reminders.outbox_page.unreached import why_not
from reminders.planning.telling import Told, kept_key, read_told, told_now
from reminders.reach import Reach, reach_of
from reminders.sending.people import purpose_of
from reminders.wording.guard import Reveals, names_at
from reminders.wording.kinds import text_kind
from reminders.wording.letters import Facts, letter_for


@dataclass(frozen=True)
class Ahead:
    """What would go out by which channel; `why_not` where nothing would."""

    channel: str
    said: Said | None = None
    why_not: str = ""


@dataclass(frozen=True)
class Now:
    """What is true now, for every message that is to go out."""

    program: Program
    now: datetime
    reach: dict[int, Reach]
    told: dict[int, Told]
    templates: dict[tuple[str, str, str], MessageTemplate]
    clinic: str
    names: frozenset[str]


def what_goes_out(
    planned: Sequence[Reminder], *, program: Program, now: datetime
) -> dict[int, Ahead]:
    """Return what each of the messages would say now, by its key; the same few statements for any
    number. A response has words of its own, and goes out at once: it is left out.
    """
    rows = [each for each in planned if each.kind != ReminderKind.RESPONSE]
    if not rows:
        return {}
    facts = Now(
        program=program,
        now=now,
        reach=reach_of(kept_key(each) for each in rows),
        told=told_now(rows, now=now),
        templates=_own_words(program),
        clinic=Clinic.objects.get().name,
        names=names_at(program.site),
    )
    return {each.pk: _ahead(each, facts) for each in rows}


def _own_words(program: Program) -> dict[tuple[str, str, str], MessageTemplate]:
    found = MessageTemplate.objects.filter(program=program, is_own=True)
    return {(each.kind, each.channel, each.language): each for each in found}


def _ahead(reminder: Reminder, facts: Now) -> Ahead:
    reach, purpose = facts.reach[kept_key(reminder)], purpose_of(reminder)
    channels = reach.channels_for(purpose)
    if not channels:
        return Ahead(reminder.channel, why_not=why_not(reach, purpose))
    # As its sender does: by the channel it was planned for, as long as that is agreed to.
    channel = reminder.channel if reminder.channel in channels else channels[0]
    reminder.told = facts.told[reminder.pk]
    if not reminder.told:
        return Ahead(channel, why_not=_("there is nothing to tell any more"))
    return _letter(reminder, channel, facts)


def _letter(reminder: Reminder, channel: str, facts: Now) -> Ahead:
    reach, site = facts.reach[kept_key(reminder)], facts.program.site
    kind, person = text_kind(reminder), reminder.participant.kept
    words = Facts(
        kind=kind,
        channel=channel,
        language=reach.language,
        site=site,
        today=local_date(max(reminder.try_at, facts.now), site.zone),
        told=read_told(reminder.told),
        clinic=facts.clinic if channel in reach.may_name_clinic else "",
        link=answer_url(reminder),
        names=facts.names,
        recipient=(person.first_name, person.last_name, person.preferred_name),
    )
    try:
        letter = letter_for(words, facts.templates.get((kind, channel, reach.language)))
    except Reveals:
        return Ahead(channel, why_not=str(Reason.REVEALS.label))
    return Ahead(channel, said=words_in(letter))
