"""Safety answers: which of them wait, and one of them with what to do about it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.check_ins.answers import answers_of
from attendance.check_ins.forms import DoneForm
from attendance.check_ins.whose import READ, WRITE, alerts_of
from attendance.check_ins.wording import Line, by_whom, day_and_clock, lines_of
from attendance.models import SafetyAlert
from groups.wording import short_day, times
from programs.access import Access
from programs.models import Participant, Program
from programs.names import roster_names
from programs.who_may import Scope

# How long an answer that was acted on stays on the list.
LOOK_BACK = timedelta(days=14)
# As many as stand on Today one by one.
A_FEW = 3


@dataclass(frozen=True)
class SafetyRow:
    """One safety answer on a list: whose, when, where, and what became of it."""

    id: uuid.UUID
    name: str
    raised: str
    session: str
    done: str
    url: str


@dataclass(frozen=True)
class SafetyPage:
    """Those that wait, the oldest first, and those that do not any more, the latest first."""

    program: Program
    waiting: tuple[SafetyRow, ...]
    acknowledged: tuple[SafetyRow, ...]
    is_own: bool

    @property
    def rows(self) -> tuple[SafetyRow, ...]:
        return (*self.waiting, *self.acknowledged)


@dataclass(frozen=True)
class SafetyWaits:
    """The safety answers that wait, as Today shows them."""

    words: str
    rows: tuple[SafetyRow, ...]
    more: str
    url: str


@dataclass(frozen=True)
class Done:
    """What was done, by whom, and when."""

    words: str
    by: str


@dataclass(frozen=True)
class AlertPage:
    """One safety answer; without a form it was acted on already, or is to read only."""

    program: Program
    row: SafetyRow
    lines: tuple[Line, ...]
    entered: str
    is_changed: bool
    done: Done | None
    form: DoneForm | None
    # What was typed and came after somebody else's words.
    unsaved: str
    list_url: str
    sheet_url: str
    over_time_url: str
    record_url: str


def safety_page(access: Access, program: Program, *, now: datetime) -> SafetyPage:
    """Return the list, as far as `access` reaches; one statement."""
    alerts = alerts_of(access, program, action=READ).filter(
        Q(acknowledged_at=None) | Q(acknowledged_at__gte=now - LOOK_BACK)
    )
    found = list(alerts.order_by("raised_at", "pk"))
    rows = dict(zip((each.pk for each in found), _rows(found, program), strict=True))
    done = sorted(
        (each for each in found if each.acknowledged_at),
        key=lambda each: (each.acknowledged_at, each.pk),
        reverse=True,
    )
    return SafetyPage(
        program=program,
        waiting=tuple(rows[each.pk] for each in found if not each.acknowledged_at),
        acknowledged=tuple(rows[each.pk] for each in done),
        is_own=access.scope(READ, program) is Scope.OWN,
    )


def safety_waits(access: Access, program: Program) -> SafetyWaits | None:
    """Return those that wait for the person, None where there is none; one statement."""
    if access.scope(READ, program) is None:
        return None
    found = list(alerts_of(access, program, action=READ).open())
    if not found:
        return None
    rest = len(found) - A_FEW
    words = ngettext("%(n)s safety answer waits", "%(n)s safety answers wait", len(found))
    more = ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": rest} if rest > 0 else ""
    return SafetyWaits(
        words=words % {"n": len(found)},
        rows=_rows(found, program)[:A_FEW],
        more=more,
        url=reverse("check_ins:safety", args=[program.public_id]),
    )


def alert_page(
    access: Access, alert: SafetyAlert, *, form: DoneForm, unsaved: str = ""
) -> AlertPage:
    """Return the page about one alert; one statement."""
    check_in = alert.check_in
    program = check_in.session.group.program
    answers, ids = answers_of(check_in), [program.public_id]
    is_open = alert.acknowledged_at is None and access.scope(WRITE, program) is not None
    return AlertPage(
        program=program,
        row=_rows([alert], program)[0],
        lines=lines_of(answers),
        entered=_entered(alert, program),
        is_changed=not answers.says_yes,
        done=_done(alert, program),
        form=form if is_open else None,
        unsaved=unsaved,
        list_url=reverse("check_ins:safety", args=ids),
        sheet_url=reverse("sheet:sheet", args=[*ids, check_in.session.public_id]),
        **_person_links(access, program, check_in.participant),
    )


def _person_links(access: Access, program: Program, person: Participant) -> dict[str, str]:
    """Return where more of the person is; a walk-in from elsewhere has no pages here."""
    ours = Participant.objects.visible_to(access.user).of_program(program)
    is_ours = ours.filter(pk=person.pk).exists()
    args = [program.public_id, person.kept.public_id]
    may_read = is_ours and access.scope("participants.read", program)
    return {
        "over_time_url": reverse("check_ins:over_time", args=args) if is_ours else "",
        "record_url": reverse("profile:profile", args=args) if may_read else "",
    }


def _rows(alerts: Iterable[SafetyAlert], program: Program) -> tuple[SafetyRow, ...]:
    found = list(alerts)
    names = roster_names(each.check_in.participant for each in found)
    return tuple(
        SafetyRow(
            id=each.public_id,
            name=names[each.check_in.participant.chart_number],
            raised=day_and_clock(each.raised_at, program.zone),
            session=_session_words(each, program),
            done=_by(each, program),
            url=reverse("check_ins:alert", args=[program.public_id, each.public_id]),
        )
        for each in found
    )


def _session_words(alert: SafetyAlert, program: Program) -> str:
    session = alert.check_in.session
    said = {
        "group": session.group.name,
        "day": short_day(session.held_on),
        "times": times(session.starts_at, session.ends_at, program.zone),
    }
    words = _("%(group)s, %(day)s, %(times)s") % said
    return f"{words} · {session.room.name}" if session.room else words


def _entered(alert: SafetyAlert, program: Program) -> str:
    check_in = alert.check_in
    return _("%(when)s, by %(who)s") % {
        "when": day_and_clock(check_in.taken_at, program.zone),
        "who": by_whom(check_in),
    }


def _by(alert: SafetyAlert, program: Program) -> str:
    if alert.acknowledged_at is None or alert.acknowledged_by is None:
        return ""
    return _("%(who)s, %(when)s") % {
        "who": alert.acknowledged_by.display_name,
        "when": day_and_clock(alert.acknowledged_at, program.zone),
    }


def _done(alert: SafetyAlert, program: Program) -> Done | None:
    by = _by(alert, program)
    return Done(alert.what_was_done, by) if by else None
