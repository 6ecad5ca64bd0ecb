"""What is asked for the diary: one entry in three taps, or a whole week from a paper card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.keeping import NotKept
from attendance.diary.entry import LONGEST_SKILL, LONGEST_WORDS, Entry
from attendance.diary.episode import episode_on
from attendance.diary.reading import TrackSkills
from attendance.models import Helped
from programs.models import Enrollment
from programs.plan.boxes import DateBox, RecordForm, day_not_ahead, line_of_text, some_text

ANOTHER = ""
# Rows of a card for skills that stand in no lesson.
OWN_ROWS = 3
# Says how many of the rows that are sent had their skill printed.
SHOWN = "shown"
# As a paper card is filled in.
MARKS = [("", "–"), (Helped.NO, "0"), (Helped.LITTLE, "1"), (Helped.YES, "2")]


class EntryForm(RecordForm):
    """One entry: a skill of theirs, another of the lessons, or their own word for it."""

    skill = forms.ChoiceField(label=_("Skill"), required=False, widget=forms.RadioSelect)
    helped = forms.ChoiceField(
        label=_("Did it help?"),
        choices=Helped.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it helped")},
    )
    used_on = DateBox(label=_("When"), error_messages={"required": _("Enter the day")})
    listed = forms.ChoiceField(label=_("Another skill of the lessons"), required=False)
    own = line_of_text(
        _("Or in their own words"), most=LONGEST_SKILL, hint=_("At most 80 letters.")
    )
    words = some_text(
        _("What happened"),
        most=LONGEST_WORDS,
        hint=_("May stay blank. It is stored encrypted."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        suggested: Sequence[str],
        tracks: Sequence[TrackSkills],
        today: date,
    ) -> None:
        super().__init__(data, initial={"used_on": today, "skill": ANOTHER})
        self.today = today
        taps = [*((each, each) for each in suggested), (ANOTHER, _("Another one, below"))]
        self.fields["skill"].choices = taps  # type: ignore[attr-defined]
        groups = [(each.track, [(skill, skill) for skill in each.skills]) for each in tracks]
        self.fields["listed"].choices = [("", _("Choose a skill")), *groups]  # type: ignore[attr-defined]

    def clean_used_on(self) -> date:
        return day_not_ahead(self.cleaned_data["used_on"], self.today)

    def clean(self) -> dict[str, Any]:
        named = [name for name in ("skill", "listed", "own") if self.cleaned_data.get(name)]
        has_wrong = any(name in self.errors for name in ("skill", "listed", "own"))
        if not named and not has_wrong:
            self.add_error("skill", _("Choose which skill was used, or name it"))
        if len(named) > 1:
            words = _("Name one skill only: several are chosen. Add the others one by one.")
            self.add_error(named[-1], words)
        return self.cleaned_data

    def entry(self) -> Entry:
        """Return what is to be added."""
        said = self.cleaned_data
        skill = said["skill"] or said["listed"] or said["own"]
        return Entry(said["used_on"], skill, said["helped"], said["words"])


class CardForm(forms.Form):
    """A week as on the paper card: a row for each skill, and a mark for each day it was used."""

    def __init__(
        self,
        data: Any = None,
        *,
        skills: Sequence[str],
        dates: Sequence[date],
        episodes: Sequence[Enrollment],
        today: date,
    ) -> None:
        super().__init__(data)
        self.skills, self.dates, self.episodes, self.today = skills, dates, episodes, today
        self.count = len(skills) + OWN_ROWS
        shown = forms.IntegerField(initial=len(skills), required=False, widget=forms.HiddenInput)
        self.fields[SHOWN] = shown
        for row in range(self.count):
            self.fields[f"skill-{row}"] = self._skill_box(row)
            for day in dates:
                self.fields[f"mark-{row}-{day}"] = self._mark_box(row, day)

    def rows(self) -> Iterator[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Yield each row: the box of its skill, and those of the days."""
        for row in range(self.count):
            yield self[f"skill-{row}"], [self[f"mark-{row}-{day}"] for day in self.dates]

    def clean(self) -> dict[str, Any]:
        for row in range(self.count):
            skill = self.cleaned_data.get(f"skill-{row}", "")
            marked = [day for day in self.dates if self.cleaned_data.get(f"mark-{row}-{day}")]
            is_own = row >= len(self.skills)
            if marked and not skill and f"skill-{row}" not in self.errors:
                self.add_error(f"skill-{row}", _("Name the skill that was used"))
            if is_own and skill and not marked:
                self.add_error(f"skill-{row}", _("Mark a day on which it was used"))
            for day in marked:
                self._keep_to_episode(f"mark-{row}-{day}", day)
        if not self.errors and not self.entries():
            raise ValidationError(_("Nothing is marked yet. Choose 0, 1 or 2 under a day."))
        return self.cleaned_data

    def entries(self) -> list[Entry]:
        """Return what is to be added, day by day."""
        said = self.cleaned_data
        return [
            Entry(day, said[f"skill-{row}"], said[f"mark-{row}-{day}"])
            for day in self.dates
            for row in range(self.count)
            if said.get(f"mark-{row}-{day}") and said.get(f"skill-{row}")
        ]

    def _keep_to_episode(self, name: str, day: date) -> None:
        try:
            episode_on(self.episodes, day, self.today)
        except NotKept as refused:
            said = {"day": date_format(day, "D M j"), "why": str(*refused.words["used_on"])}
            self.add_error(name, gettext("%(day)s: %(why)s") % said)

    def _skill_box(self, row: int) -> forms.CharField:
        if row < len(self.skills):
            return forms.CharField(
                label=self.skills[row],
                initial=self.skills[row],
                max_length=LONGEST_SKILL,
                required=False,
                widget=forms.HiddenInput,
            )
        number = row - len(self.skills) + 1
        return line_of_text(gettext("Own skill %(n)s") % {"n": number}, most=LONGEST_SKILL)

    def _mark_box(self, row: int, day: date) -> forms.ChoiceField:
        skill = self.skills[row] if row < len(self.skills) else gettext("own skill")
        said = {"skill": skill, "day": date_format(day, "D M j")}
        label = gettext("%(skill)s, %(day)s") % said
        select = forms.Select({"aria-label": label, "class": "form-select"})
        return forms.ChoiceField(label=label, choices=MARKS, required=False, widget=select)


def skills_sent(data: Mapping[str, Any], *, most: int) -> tuple[str, ...]:
    """Return the printed skills of the card that was filled in, whatever they would be by now."""
    shown = str(data.get(SHOWN, ""))
    # So many figures that they cannot be read are no count either.
    is_count = shown.isdecimal() and len(shown) <= len(str(most))
    count = min(int(shown), most) if is_count else 0
    return tuple(str(data.get(f"skill-{row}", "")) for row in range(count))
