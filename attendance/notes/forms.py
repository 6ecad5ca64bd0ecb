"""What is asked about a session: the group part, one person's part, a signature, an addendum."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attendance.models import AbsentContact, GoalProgress, Participation
from attendance.notes.actual import nearest
from attendance.notes.fields import LABELS
from groups.models import GroupSession

# Characters of one field: about four pages.
LONGEST = 10_000
CLOCKS = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p"]


class NoteText(forms.CharField):
    """Free text of a note; a browser's line ends become plain ones."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        words = {
            "max_length": _(
                "%(field)s: at most %(limit_value)s characters, and this has %(show_value)s."
            ),
            "null_characters_not_allowed": format_lazy(
                _("{field}: there is a character in it that is no text."), field=label
            ),
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(label=label, required=False, error_messages=words, **kwargs)
        self.longest = LONGEST

    def clean(self, value: Any) -> str:
        text = super().clean(value).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > self.longest:
            raise forms.ValidationError(
                self.error_messages["max_length"],
                params={
                    "field": self.label,
                    "limit_value": f"{self.longest:,}",
                    "show_value": f"{len(text):,}",
                },
            )
        return text


class PartForm(forms.Form):
    """One part: what was typed in the fields that stood there, and over which version."""

    version = forms.IntegerField(
        min_value=0,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value"), _("This page is damaged: load it again.")
        ),
    )

    def __init__(self, data: Any, *, session: GroupSession, now: datetime) -> None:
        super().__init__(data)
        self.session, self.now = session, now

    @property
    def over(self) -> int:
        return self.cleaned_data.get("version") or 0

    def sent(self, name: str) -> bool:
        """Say whether the field stood in what was sent: another one keeps what it says."""
        return name in self.data


def _choice(name: str, choices: Any) -> forms.ChoiceField:
    words = format_lazy(_("{field}: choose one of the list."), field=LABELS[name])
    return forms.ChoiceField(
        label=LABELS[name],
        required=False,
        choices=[("", ""), *choices],
        error_messages={"invalid_choice": words},
    )


def _public_id(name: str) -> forms.UUIDField:
    words = format_lazy(_("{field}: choose one of the list."), field=LABELS[name])
    return forms.UUIDField(label=LABELS[name], required=False, error_messages={"invalid": words})


def _clock(name: str) -> forms.TimeField:
    words = format_lazy(_("{field}: type a time like 5:42 PM or 17:42."), field=LABELS[name])
    return forms.TimeField(
        label=LABELS[name],
        required=False,
        input_formats=CLOCKS,
        error_messages={"invalid": words},
    )


class PersonForm(PartForm):
    """One person's part."""

    participation = _choice("participation", Participation.choices)
    response = NoteText(LABELS["response"])
    goal = _public_id("goal")
    goal_progress = _choice("goal_progress", GoalProgress.choices)
    plan = NoteText(LABELS["plan"])
    contact = _choice("contact", AbsentContact.choices)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("goal_progress") and not said.get("goal") and "goal" not in self.errors:
            self.add_error("goal", gettext("Progress: say on which goal."))
        return said

    def values(self, *, goal_id: int | None) -> dict[str, Any]:
        """Return what to keep, of the fields that were sent; `goal_id` is the goal's key."""
        plain = ("participation", "response", "goal_progress", "plan", "contact")
        kept = {name: self.cleaned_data[name] for name in plain if self.sent(name)}
        return kept | ({"goal_id": goal_id} if self.sent("goal") else {})


class GroupForm(PartForm):
    """The part for every chart."""

    topic = NoteText(LABELS["topic"])
    intervention = NoteText(LABELS["intervention"])
    began = _clock("began")
    ended = _clock("ended")

    def clean_began(self) -> datetime | None:
        began = self._instant("began", self.session.starts_at)
        if began and began >= self.session.ends_at:
            raise forms.ValidationError(
                gettext("Began: the session was planned to end at %(time)s."),
                params={"time": self._time(self.session.ends_at)},
            )
        return began

    def clean_ended(self) -> datetime | None:
        ended = self._instant("ended", self.session.ends_at)
        if ended and ended <= self.session.starts_at:
            raise forms.ValidationError(
                gettext("Ended: the session was planned to start at %(time)s."),
                params={"time": self._time(self.session.starts_at)},
            )
        return ended

    def clean(self) -> dict[str, Any]:
        began, ended = self.cleaned_data.get("began"), self.cleaned_data.get("ended")
        if began and ended and ended <= began:
            self.add_error("ended", gettext("Ended: a session ends after it began."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """Return what to keep, of the fields that were sent."""
        said = self.cleaned_data
        kept = {name: said[name] for name in ("topic", "intervention") if self.sent(name)}
        return kept | {f"{name}_at": said[name] for name in ("began", "ended") if self.sent(name)}

    def _instant(self, name: str, planned: datetime) -> datetime | None:
        clock = self.cleaned_data.get(name)
        if clock is None:
            return None
        zone = self.session.group.program.zone
        at = nearest(self.session.held_on, clock, zone, planned=planned)
        if at > self.now:
            raise forms.ValidationError(
                gettext("%(field)s: this time is still to come."), params={"field": LABELS[name]}
            )
        return at

    def _time(self, at: datetime) -> str:
        return date_format(at.astimezone(self.session.group.program.zone), "TIME_FORMAT")


class SignForm(forms.Form):
    """Why somebody signs all the same, and what they have read."""

    seen = forms.CharField(max_length=64, required=False)
    reason = NoteText(_("Why"))


class AddendumForm(forms.Form):
    """Words added to signed notes: whose part they belong to, what, and why only now."""

    of = forms.UUIDField(
        label=_("Added to"),
        required=False,
        error_messages={"invalid": _("Added to: choose one of the list.")},
    )
    text = NoteText(_("What is added"))
    reason = NoteText(_("Why"))
    anyway = forms.BooleanField(required=False)

    def clean_text(self) -> str:
        return self._filled("text", gettext("Write what is added."))

    def clean_reason(self) -> str:
        return self._filled("reason", gettext("Say why it is added now."))

    def _filled(self, name: str, words: str) -> str:
        if not self.cleaned_data[name]:
            raise forms.ValidationError(words)
        return self.cleaned_data[name]
