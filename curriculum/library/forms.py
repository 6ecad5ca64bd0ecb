"""What is asked about tracks, modules, lessons and their versions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from curriculum.library.row_choice import RowChoice
from curriculum.library.text_boxes import EntriesBox, TextBox
from curriculum.library.words import LONGEST_SKILL, LONGEST_STEP, LessonWords
from curriculum.models import Lesson, LessonVersion, Module, Subject, Track
from programs.plan.boxes import RecordForm, line_of_text, whole_number

# The longest lesson, in minutes: a day of eight hours.
LONGEST_LESSON = 480
LAST, FIRST = "", "first"


class TrackForm(RecordForm):
    """A track's name, what it is about, and where it comes from."""

    name = line_of_text(_("Name"), most=120, required=_("Enter the name of the track"))
    subject = forms.ChoiceField(label=_("Subject"), choices=Subject.choices)
    source = line_of_text(
        _("Source"),
        most=300,
        hint=_("Where its titles come from, such as a manual in the public domain. May be blank."),
    )

    def __init__(self, data: Any = None, *, track: Track | None = None) -> None:
        super().__init__(data, initial=_said_by(track, self.base_fields))
        if track is None:
            self.initial["subject"] = Subject.OWN


class NewModuleForm(RecordForm):
    """A module's name."""

    name = line_of_text(_("Name"), most=120, required=_("Enter the name of the module"))


class ModuleForm(NewModuleForm):
    """A module's name, and the track it stands in."""

    track = RowChoice(
        Track.objects.none(),
        label=_("Track"),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose one of the tracks listed")},
    )

    def __init__(self, data: Any = None, *, module: Module, tracks: Any) -> None:
        super().__init__(data, initial={"name": module.name, "track": module.track.public_id})
        _offer(self, "track", tracks)


class NewLessonForm(RecordForm):
    """A lesson's name, minutes and place; its words come after."""

    name = line_of_text(_("Name"), most=160, required=_("Enter the name of the lesson"))
    minutes = whole_number(
        _("Minutes"),
        least=1,
        most=LONGEST_LESSON,
        required=_("Enter the minutes it takes, such as 50"),
        hint=_("How long it takes to teach it. A session has to be at least as long."),
    )
    is_core = forms.BooleanField(
        label=_("Core lesson"),
        required=False,
        help_text=_("Everybody in the program is to receive it. Otherwise it is an elective."),
    )
    place = forms.ChoiceField(label=_("Place in the module"), required=False)

    def __init__(self, data: Any = None, *, siblings: list[Lesson]) -> None:
        super().__init__(data)
        self.siblings = siblings
        after = [(str(each.public_id), gettext("After “%s”") % each.name) for each in siblings]
        choices = [(LAST, gettext("At the end")), (FIRST, gettext("First")), *after[:-1]]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    def lesson(self) -> dict[str, Any]:
        """Return the lesson as it is to be: a draft with its minutes, at its place."""
        return {
            "name": self.cleaned_data["name"],
            "is_core": self.cleaned_data["is_core"],
            "words": LessonWords(minutes=self.cleaned_data["minutes"]),
            "position": self._position(),
            "is_published": False,
        }

    def _position(self) -> int | None:
        """Return how many lessons stand before it; None is all of them."""
        place = self.cleaned_data["place"]
        if place == LAST:
            return None
        ids = [str(each.public_id) for each in self.siblings]
        return 0 if place == FIRST else ids.index(place) + 1


class LessonForm(RecordForm):
    """A lesson's name, its module, and whether it is core."""

    name = line_of_text(_("Name"), most=160, required=_("Enter the name of the lesson"))
    module = RowChoice(
        Module.objects.none(),
        named=lambda module: f"{module.track.name} › {module.name}",
        label=_("Module"),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose one of the modules listed")},
    )
    is_core = forms.BooleanField(
        label=_("Core lesson"),
        required=False,
        help_text=_("Everybody in the program is to receive it. Otherwise it is an elective."),
    )

    def __init__(self, data: Any = None, *, lesson: Lesson, modules: Any) -> None:
        said = {"name": lesson.name, "is_core": lesson.is_core}
        super().__init__(data, initial={**said, "module": lesson.module.public_id})
        _offer(self, "module", modules)


class SeenForm(RecordForm):
    """A form that knows when the draft was last saved as far as its writer has seen."""

    # Its own width on the page.
    look = "draft-form"
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> datetime:
        """Return the moment; a form without one did not come from our page."""
        text = re.sub(r" (?=\d\d:\d\d$)", "+", self.cleaned_data["seen"])
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError(_("Open this page again"))
        return moment

    def has_seen(self, version: LessonVersion) -> None:
        """Have the form sent once more with what is stored now, and with all that was typed."""
        self.data = {**dict(self.data.items()), "seen": version.written_at.isoformat()}


class WordsForm(SeenForm):
    """What a draft says."""

    minutes = whole_number(
        _("Minutes"),
        least=1,
        most=LONGEST_LESSON,
        required=_("Enter the minutes it takes, such as 50"),
        hint=_("How long it takes to teach it."),
    )
    objectives = TextBox(
        label=_("Objectives"),
        most=4_000,
        rows=4,
        help_text=_("What people know or can do afterwards."),
    )
    guide = TextBox(
        label=_("Facilitator guide"),
        most=20_000,
        rows=16,
        help_text=_("“# ” begins a heading and “- ” a point; a blank line parts paragraphs."),
    )
    skills = EntriesBox(label=_("Skills taught"), longest=LONGEST_SKILL, help_text=_("One a line."))
    homework = TextBox(
        label=_("Homework"),
        most=4_000,
        rows=4,
        help_text=_("What to practice until the next time. Blank: nothing."),
    )
    checklist = EntriesBox(
        label=_("Fidelity checklist"),
        longest=LONGEST_STEP,
        help_text=_("What the facilitator ticks off after teaching it, one step a line."),
    )

    def __init__(self, data: Any = None, *, version: LessonVersion) -> None:
        said = {name: getattr(version, name) for name in self.base_fields if name != "seen"}
        said["skills"], said["checklist"] = map("\n".join, (version.skills, version.checklist))
        super().__init__(data, initial={**said, "seen": version.written_at.isoformat()})

    def words(self) -> LessonWords:
        """Return the words as they are to be."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return LessonWords(**said)


class PublishForm(SeenForm):
    """What is new in a version; the first one is all new."""

    change_note = line_of_text(
        _("What is new"),
        most=300,
        required=_("Say in a few words what is new in it"),
        hint=_("For those who taught the version before, such as “Shorter opening, new handout”."),
    )

    def __init__(self, data: Any = None, *, version: LessonVersion) -> None:
        super().__init__(data, initial={"seen": version.written_at.isoformat()})
        if version.number == 1:
            self.fields["change_note"].required = False

    def is_overtaken(self, version: LessonVersion) -> None:
        """Say that somebody saved the draft after it was read here; it is shown anew."""
        words = _("Somebody has changed this draft while you read it. Read it again, then publish.")
        self.add_error(None, words)
        self.has_seen(version)


class NeedsForm(RecordForm):
    """A lesson that has to come before."""

    needs = RowChoice(
        Lesson.objects.none(),
        named=lambda lesson: f"{lesson.module.track.name} › {lesson.name}",
        label=_("Add a lesson that comes before"),
        empty_label=_("Choose a lesson"),
        error_messages={
            "required": _("Choose the lesson that comes before"),
            "invalid_choice": _("Choose one of the lessons listed"),
        },
    )

    def __init__(self, data: Any = None, *, others: Any) -> None:
        super().__init__(data)
        _offer(self, "needs", others)


def _said_by(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names} if row else {}


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
