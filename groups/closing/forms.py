"""What closing asks for: which days, why, for whom, and what is done about the hours they cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import models
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.closing.actions import CannotClose
from groups.closing.answers import Answer, AnswerKind
from groups.editing.break_boxes import ClockInput
from groups.enrolling.date_boxes import DateBoxesField
from groups.forms import a_date
from groups.models import TherapyGroup
from groups.schedule.edit import Placement
from groups.schedule.placing import may_lead
from groups.wording import short_day
from programs.models import Closure, Program, Room

MOST_DAYS = 60
FARTHEST = timedelta(days=731)
# A field that is swapped in again keeps what was done to it since it was sent.
KEPT = {"hx-preserve": ""}
# What has to be filled in for a session that is added.
PLACE = {
    "group": _("Choose the group"),
    "held_on": _("Choose the day"),
    "starts": _("Enter when it starts"),
    "ends": _("Enter when it ends"),
}


class ClosingScope(models.TextChoices):
    """Whom a closure holds for."""

    PROGRAM = "program", _("This program")
    SITE = "site", _("The whole site")


class AskedForm(forms.Form):
    """Days and a reason suggested by an address; what cannot be read is left out."""

    first_on = a_date()
    last_on = a_date()
    reason = forms.CharField(required=False, max_length=120)

    def values(self) -> dict[str, Any]:
        """What could be read, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _one_of(label: Any, words: Any, **fields: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": words},
        **{"widget": forms.Select(KEPT), **fields},
    )


def _clock(label: Any) -> forms.TimeField:
    words = {"invalid": _("Enter a time like 13:30")}
    return forms.TimeField(
        label=label, required=False, widget=ClockInput(KEPT), error_messages=words
    )


class ClosingForm(forms.Form):
    """A closure to be made, and the answer where somebody drops below what they need."""

    scope = forms.ChoiceField(
        label=_("What closes"),
        choices=ClosingScope.choices,
        required=False,
        initial=ClosingScope.PROGRAM,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Only a program director closes the whole site")},
    )
    first_on = DateBoxesField(
        label=_("First day"),
        help_text=_("The first that is closed."),
        error_messages={"required": _("Enter the first day")},
    )
    last_on = DateBoxesField(
        label=_("Last day"), required=False, help_text=_("Leave it blank to close one day.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=120,
        help_text=_("Everybody who sees the calendar reads it."),
        error_messages={"required": _("Enter the reason")},
    )
    answer = _one_of(
        _("What is done about the hours?"),
        _("Choose one of the answers"),
        choices=AnswerKind.choices,
        coerce=AnswerKind,
        widget=forms.RadioSelect,
    )
    group = _one_of(_("Group"), _("Choose a group of this program"))
    held_on = a_date()
    starts = _clock(_("Starts"))
    ends = _clock(_("Ends"))
    room = _one_of(_("Room"), _("Choose a room of this site"))
    leader = _one_of(_("Facilitator"), _("Choose a facilitator of this program"))
    why = forms.CharField(
        label=_("Why this is all right"),
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 2, **KEPT}),
        help_text=_(
            "Needed where somebody stays below, or something warns. The program director reads it."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        program: Program,
        today: date,
        may_close_site: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.program, self.today = program, today
        self._answered: Answer | None = None
        if not may_close_site:
            self.fields["scope"].choices = ClosingScope.choices[:1]  # type: ignore[attr-defined]
        day = self.fields["held_on"]
        day.label, day.widget = _("Day"), forms.Select()
        groups = TherapyGroup.objects.filter(program=program).select_related("program__site")
        rooms = Room.objects.filter(site=program.site_id).order_by("name")
        staff = User.objects.filter(pk__in=may_lead(program)).order_by("name", "email")
        self._offer("group", _("Choose a group"), groups.order_by("name"), lambda each: each)
        self._offer("room", _("No room"), rooms, lambda each: each.pk)
        self._offer("leader", _("As usual"), staff, lambda each: each.pk)

    def _offer(
        self, name: str, none: Any, rows: Iterable[Any], value_of: Callable[[Any], Any]
    ) -> None:
        """Offer rows by their public ids, under their names; the form then holds `value_of` one."""
        found = {str(each.public_id): each for each in rows}
        values = {key: value_of(each) for key, each in found.items()}
        field = self.fields[name]
        labels = [(key, getattr(each, "display_name", str(each))) for key, each in found.items()]
        field.choices = [("", none), *labels]  # type: ignore[attr-defined]
        field.coerce = values.get  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        first = cleaned.get("first_on")
        if first and "last_on" in cleaned:
            cleaned["last_on"] = cleaned["last_on"] or first
            for field, words in _date_words(first, cleaned["last_on"], self.today).items():
                self.add_error(field, words)
        if cleaned.get("answer") is AnswerKind.ADD:
            missing = [each for each in PLACE if each in cleaned and not cleaned[each]]
            for field in missing:
                self.add_error(field, str(PLACE[field]))
        return cleaned

    def forget_errors(self) -> None:
        """Keep what was typed and say nothing about it yet: it is not being sent."""
        self._errors = ErrorDict()

    def add_refusal(self, refused: CannotClose) -> None:
        """Put the action's words at the fields they are about."""
        for field, words in refused.words.items():
            where = {"leaders": "leader"}.get(field, field)
            self.add_error(where if where in self.fields else None, [str(word) for word in words])

    def offer_days(self, days: Iterable[date]) -> None:
        """Offer these days for a session that is added."""
        choices = [(day.isoformat(), short_day(day)) for day in days]
        self.fields["held_on"].widget.choices = [("", _("Choose a day")), *choices]

    def suggest(self, **values: str) -> None:
        """Fill in a session to be added, as long as nothing of it is filled in."""
        if not self.is_bound:
            self.initial.update(values)
        elif not any(self.data.get(name) for name in values):
            self.data = {**{name: self.data.get(name) for name in self.data}, **values}

    def closure(self) -> Closure | None:
        """The closure to be made, as far as its days can be read."""
        first_on = self._value("first_on")
        if first_on is None or (self.is_bound and not self._value("last_on")):
            return None
        of_site = self._value("scope") == ClosingScope.SITE
        return Closure(
            site=self.program.site,
            program=None if of_site else self.program,
            first_on=first_on,
            last_on=self._value("last_on") or first_on,
            reason=self._value("reason") or "",
        )

    def answered(self, programs: Iterable[Program]) -> Answer:
        """The answer so far, before any refusal; sessions of these programs may be made longer."""
        self._answered = self._answered or Answer(
            kind=self._value("answer"),
            why=self._value("why") or "",
            programs=frozenset(each.pk for each in programs),
            group=self._value("group"),
            to=self._placement(),
        )
        return self._answered

    def _placement(self) -> Placement | None:
        held_on, starts, ends = (self._value(name) for name in ("held_on", "starts", "ends"))
        if not (self.is_bound and held_on and starts and ends):
            return None
        leader, room = self._value("leader"), self._value("room")
        return Placement(held_on, starts, ends, room=room, leaders=(leader,) if leader else ())

    def _value(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound else self.initial.get(name)


def _date_words(first_on: date, last_on: date, today: date) -> dict[str, str]:
    """Say what is wrong with the days, by field."""
    if first_on < today:
        return {"first_on": gettext("These days are over. Close today or a day to come.")}
    if first_on - today > FARTHEST:
        return {"first_on": gettext("This is more than two years away.")}
    if last_on < first_on:
        return {"last_on": gettext("The last day is on or after the first.")}
    if (last_on - first_on).days >= MOST_DAYS:
        words = gettext("A closure is of at most %(days)s days. Close longer times in parts.")
        return {"last_on": words % {"days": MOST_DAYS}}
    return {}
