"""The page of replies: those that wait for a person, and the last ones that do not any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from phonenumber_field.phonenumber import to_python

from groups.week_switch import ProgramLink, program_links
from programs.access import Access
from programs.models import Program
from programs.names import roster_names
from reminders.models import FOR_PEOPLE, Meaning, Reply
from reminders.models.reply import ReplyQuerySet
from reminders.replies.forms import SeeToForm
from reminders.tabs import Counts, counts_of

MOST_WAITING, MOST_PAST = 50, 30
ICONS = {
    Meaning.COMING: "circle-check",
    Meaning.NOT_COMING: "calendar-x",
    Meaning.WHY: "message-square",
    Meaning.STOP: "bell-off",
    Meaning.START: "bell",
    Meaning.HELP: "life-buoy",
    Meaning.UNCLEAR: "message-circle-question-mark",
    Meaning.STRANGER: "user-x",
}


@dataclass(frozen=True)
class Row:
    """One reply: from whom, what it says, and what was made of it.

    `name` is empty of a stranger. `careful` is what is on record of how to contact them safely.
    """

    key: str
    name: str
    number: str
    dials: str
    text: str
    received_at: datetime
    meaning: str
    icon: str
    careful: str
    profile_url: str
    handled_at: datetime | None
    handled_by: str
    handled_how: str


@dataclass(frozen=True)
class Waiting:
    """A reply that waits, and the form for what was done about it."""

    row: Row
    form: SeeToForm
    url: str


@dataclass(frozen=True)
class RepliesPage:
    """Everything the template reads; `wrong` is the form that was refused."""

    program: Program
    programs: tuple[ProgramLink, ...]
    counts: Counts
    waiting: tuple[Waiting, ...]
    past: tuple[Row, ...]
    wrong: SeeToForm | None

    @property
    def has_more(self) -> bool:
        """Whether more wait than are shown."""
        return self.counts.replies > len(self.waiting)


def replies_of(rows: ReplyQuerySet, program: Program) -> ReplyQuerySet:
    """Return those to the program, and those of nobody known, with whose they are."""
    found = rows.filter(Q(program=program) | Q(program=None))
    return found.select_related("participant__merged_into", "handled_by")


def replies_page(
    *, access: Access, program: Program, now: datetime, wrong: SeeToForm | None = None
) -> RepliesPage:
    """Return the program's page, with the form that was refused where there is one."""
    found = replies_of(Reply.objects.visible_to(access.user), program)
    waiting = list(found.waiting()[:MOST_WAITING])
    is_past = ~Q(meaning__in=FOR_PEOPLE) | Q(handled_at__isnull=False)
    past = list(found.filter(is_past).order_by("-received_at", "-pk")[:MOST_PAST])
    rows = _rows([*waiting, *past], access, program)
    return RepliesPage(
        program=program,
        programs=program_links("reminders:replies", access, program, action="reminders.manage"),
        counts=counts_of(program, access.user, now),
        waiting=tuple(_waiting(each, rows[each.pk], program, wrong) for each in waiting),
        past=tuple(rows[each.pk] for each in past),
        wrong=wrong,
    )


def _waiting(reply: Reply, row: Row, program: Program, wrong: SeeToForm | None) -> Waiting:
    is_wrong = wrong is not None and wrong.reply == reply
    url = reverse("reminders:see_to", args=[program.public_id, reply.public_id])
    return Waiting(row, wrong if wrong and is_wrong else SeeToForm(reply=reply), url)


def _rows(replies: Sequence[Reply], access: Access, program: Program) -> dict[int, Row]:
    names = roster_names(_people(replies))
    may_read = access.scope("participants.read", program) is not None
    return {each.pk: _row(each, names, program, may_read=may_read) for each in replies}


def _people(replies: Iterable[Reply]) -> list:
    return [each.participant for each in replies if each.participant]


def _row(reply: Reply, names: dict[str, str], program: Program, *, may_read: bool) -> Row:
    person = reply.participant
    number = to_python(reply.sender)
    is_number = number is not None and number.is_valid()
    meaning = Meaning(reply.meaning)
    return Row(
        key=str(reply.public_id),
        name=names[person.chart_number] if person else "",
        number=number.as_national if number and is_number else reply.sender,
        dials=reply.sender,
        text=reply.text,
        received_at=reply.received_at,
        meaning=str(meaning.label),
        icon=ICONS[meaning],
        careful=person.kept.safe_contact if person and may_read else "",
        profile_url=_profile(program, person.kept.public_id) if person and may_read else "",
        handled_at=reply.handled_at,
        handled_by=reply.handled_by.display_name if reply.handled_by else "",
        handled_how=reply.handled_how,
    )


def _profile(program: Program, person: object) -> str:
    return reverse("profile:profile", args=[program.public_id, person])
