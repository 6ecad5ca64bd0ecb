"""One person's check-ins over time: small pictures, their numbers, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from attendance.check_ins.answers import Answers, answers_of
from attendance.check_ins.pictures import Picture, picture_of
from attendance.check_ins.whose import check_ins_of
from attendance.check_ins.wording import NO_ANSWER, Line, question, said
from attendance.models import CheckIn, YesNo
from groups.wording import short_day
from programs.access import Access
from programs.models import Participant, Program

# The latest that the page shows: some four months of three sessions a week.
MOST = 60
IN_WORDS = ("setback", "went_well", "skill", "homework")


@dataclass(frozen=True)
class Safety:
    """A safety answer that was yes: what became of it, and where it stands."""

    tone: str
    icon: str
    label: str
    url: str


@dataclass(frozen=True)
class Row:
    """One check-in: when and where, its numbers, and what was said."""

    day: str
    group: str
    mood: str
    craving: str
    used_since: str
    has_used: bool
    safety: str
    alert: Safety | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Spark:
    """One scale over time, with its words for who does not see it."""

    label: str
    now: str
    before: str
    says: str
    picture: Picture
    is_craving: bool


@dataclass(frozen=True)
class OverTimePage:
    """Everything the template reads; the latest check-in comes first."""

    rows: tuple[Row, ...]
    sparks: tuple[Spark, ...]
    count: str

    @property
    def in_words(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.lines)


def over_time_page(access: Access, program: Program, person: Participant) -> OverTimePage:
    """Return the page, as far as `access` reaches; two statements."""
    found = check_ins_of(access, program, person).select_related("session__group", "safety_alert")
    latest = list(found.order_by("-session__starts_at", "-pk")[:MOST])
    answered = [answers_of(each) for each in reversed(latest)]
    marked = [each.used_since == YesNo.YES for each in answered]
    moods, cravings = [each.mood for each in answered], [each.craving for each in answered]
    return OverTimePage(
        rows=tuple(_row(each, program, latest[0].session.held_on.year) for each in latest),
        sparks=(_mood(moods), _craving(cravings, marked)) if latest else (),
        count=ngettext("%(n)s check-in", "the last %(n)s check-ins", len(latest))
        % {"n": len(latest)},
    )


def _row(check_in: CheckIn, program: Program, year: int) -> Row:
    """Return the row; its date says the year where that is not the latest one's."""
    answers, day = answers_of(check_in), check_in.session.held_on
    return Row(
        day=short_day(day) if day.year == year else date_format(day, "DATE_FORMAT"),
        group=check_in.session.group.name,
        mood=_number(answers.mood),
        craving=_number(answers.craving),
        used_since=said(answers, "used_since"),
        has_used=answers.used_since == YesNo.YES,
        safety=said(answers, "safety"),
        alert=_alert(check_in, program),
        lines=_lines(answers),
    )


def _lines(answers: Answers) -> tuple[Line, ...]:
    """Return what was said in words."""
    fields = answers.as_fields()
    names = [name for name in IN_WORDS if fields[name]]
    return tuple(Line(question(name), said(answers, name)) for name in names)


ALERT_LOOKS = {
    True: ("lost", "circle-alert", gettext_lazy("Waits")),
    False: ("calm", "circle-check", gettext_lazy("Acted on")),
}


def _alert(check_in: CheckIn, program: Program) -> Safety | None:
    alert = getattr(check_in, "safety_alert", None)
    if alert is None:
        return None
    tone, icon, label = ALERT_LOOKS[alert.acknowledged_at is None]
    url = reverse("check_ins:alert", args=[program.public_id, alert.public_id])
    return Safety(tone, icon, str(label), url)


def _number(value: int | None) -> str:
    return NO_ANSWER if value is None else str(value)


def _mood(values: Sequence[int | None]) -> Spark:
    says = ngettext(
        "Mood at the one check-in: %(values)s",
        "Mood over %(n)s check-ins, the latest last: %(values)s",
        len(values),
    )
    label = _("Mood, 0 low to 10 high")
    return _spark(label, says, values, [], is_craving=False)


def _craving(values: Sequence[int | None], marked: Sequence[bool]) -> Spark:
    says = ngettext(
        "Craving at the one check-in: %(values)s",
        "Craving over %(n)s check-ins, the latest last: %(values)s",
        len(values),
    )
    label = _("Craving, 0 none to 10 strongest")
    return _spark(label, says, values, marked, is_craving=True)


def _spark(
    label: str,
    says: str,
    values: Sequence[int | None],
    marked: Sequence[bool],
    *,
    is_craving: bool,
) -> Spark:
    known = [value for value in values if value is not None]
    shown = ", ".join(_number(value) for value in values)
    used = sum(marked)
    uses = ngettext("used since at %(n)s of them", "used since at %(n)s of them", used)
    spoken = says % {"n": len(values), "values": shown}
    return Spark(
        label=label,
        now=_number(known[-1] if known else None),
        before=str(known[-2]) if known[1:] else "",
        says=f"{spoken}; {uses % {'n': used}}" if used else spoken,
        picture=picture_of(values, marked),
        is_craving=is_craving,
    )
