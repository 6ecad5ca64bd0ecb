"""What is asked about what was taught: which lessons, when, what was given, or what else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attendance.notes.actual import nearest
from attendance.notes.forms import CLOCKS, NoteText
from attendance.teaching.checking import Taught
from attendance.teaching.reading import InSession
from attendance.teaching.spans import Span, TooShort, laid_out
from curriculum.models import Lesson, LessonVersion
from groups.models import GroupSession
from groups.wording import clock

# Lessons that can be named besides the planned ones; more are added once it is confirmed.
MORE = 2


def words_box(label: Any, rows: int) -> NoteText:
    """Return a box for a few lines."""
    widget = forms.Textarea({"class": "form-control", "rows": rows, "autocomplete": "off"})
    return NoteText(label, widget=widget)


def _tick() -> forms.CheckboxInput:
    return forms.CheckboxInput({"class": "form-check-input"})


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=CLOCKS,
        widget=forms.TimeInput({"type": "time", "class": "form-control"}, format="%H:%M"),
        error_messages={"invalid": _("Type a time like 5:42 PM or 17:42.")},
    )


def _steps(version: LessonVersion | None, done: Sequence[str] = ()) -> forms.MultipleChoiceField:
    """The checklist's steps by their number, so that the form holds no words twice."""
    checklist = version.checklist if version else []
    return forms.MultipleChoiceField(
        label=_("Checklist"),
        required=False,
        choices=[(str(number), step) for number, step in enumerate(checklist)],
        initial=[str(number) for number, step in enumerate(checklist) if step in done],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Checklist: tick steps of the list.")},
    )


def _library(lessons: Iterable[Lesson]) -> list[Any]:
    """Return the lessons as the choices of a list, under their tracks."""
    tracks: dict[str, list[tuple[str, str]]] = {}
    for each in lessons:
        choice = (str(each.public_id), f"{each.module.name}: {each.name}")
        tracks.setdefault(each.module.track.name, []).append(choice)
    return [("", _("Not chosen")), *tracks.items()]


def _lesson(label: Any, lessons: Sequence[Lesson]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=_library(lessons),
        widget=forms.Select({"class": "form-select"}),
        error_messages={"invalid_choice": _("Choose a lesson of the list.")},
    )


class TaughtForm(forms.Form):
    """Lessons with their times on the wall clock of the session's date."""

    def __init__(self, data: Any, *, session: GroupSession, library: Sequence[Lesson]) -> None:
        super().__init__(data)
        self.session = session
        self.library = {str(each.public_id): each for each in library}

    def add_lesson(self, name: str, label: Any) -> None:
        """Ask for a lesson of the library, when, and whether its homework was given."""
        self.fields[name] = _lesson(label, list(self.library.values()))
        self.add_times(name)
        self.fields[f"{name}-given"] = forms.BooleanField(
            label=_("Its homework was given"), required=False, initial=True, widget=_tick()
        )

    def add_times(self, name: str) -> None:
        """Ask from when to when."""
        self.fields[f"{name}-from"] = _clock(_("From"))
        self.fields[f"{name}-to"] = _clock(_("To"))

    def chosen(self, name: str) -> Lesson | None:
        """Return the lesson that was chosen, if any."""
        return self.library.get(self.cleaned_data.get(name, ""))

    def span(self, name: str) -> Span | None:
        """Return when it was taught, None where no time was given; one alone is refused."""
        first, last = (self.cleaned_data.get(f"{name}-{end}") for end in ("from", "to"))
        if first and last:
            return (
                self._instant(first, planned=self.session.starts_at),
                self._instant(last, planned=self.session.ends_at),
            )
        for end, given in (("from", first), ("to", last)):
            if (first or last) and not given and f"{name}-{end}" not in self.errors:
                self.add_error(f"{name}-{end}", gettext("Give both times, or neither."))
        return None

    def _instant(self, at: time, *, planned: datetime) -> datetime:
        session = self.session
        return nearest(session.held_on, at, session.group.program.zone, planned=planned)


class ConfirmForm(TaughtForm):
    """What was taught: planned lessons, others of the library, something else, or nothing."""

    def __init__(
        self,
        data: Any,
        *,
        session: GroupSession,
        planned: Sequence[InSession],
        library: Sequence[Lesson],
    ) -> None:
        super().__init__(data, session=session, library=library)
        self.planned = {f"planned-{each.row.public_id}": each for each in planned}
        for name, each in self.planned.items():
            self._add_planned(name, each)
        labels = [_("Another lesson"), _("And one more")]
        for number, label in enumerate(labels[:MORE]):
            self.add_lesson(f"more-{number}", label)
        self.fields["other"] = words_box(_("Something else, in your own words"), 3)
        self.fields["nothing"] = forms.BooleanField(
            label=_("Nothing was taught in this session"), required=False, widget=_tick()
        )

    def _add_planned(self, name: str, each: InSession) -> None:
        is_published = each.version is not None
        self.fields[name] = forms.BooleanField(
            label=each.lesson.name, required=False, initial=is_published, widget=_tick()
        )
        self.add_times(name)
        box = words_box(_("Homework given"), 3)
        box.initial = each.version.homework if each.version else ""
        self.fields[f"{name}-homework"] = box
        self.fields[f"{name}-steps"] = _steps(each.version)

    @cached_property
    def more(self) -> list[str]:
        return [f"more-{number}" for number in range(MORE)]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        named = [name for name in self.planned if said.get(name)]
        named += [name for name in self.more if self.chosen(name)]
        spans = {name: self.span(name) for name in named}
        other = said.get("other", "")
        if not self.errors:
            self._check(named, other, is_nothing=said.get("nothing", False))
        if not self.errors:
            said["taught"] = self._taught(spans)
        return said

    def _check(self, named: Sequence[str], other: str, *, is_nothing: bool) -> None:
        if is_nothing and (named or other):
            words = gettext("Something is named above. Untick this, or what is named.")
            self.add_error("nothing", words)
        if not (is_nothing or named or other):
            words = gettext("Tick a lesson, say what else it was, or that nothing was taught.")
            self.add_error(None, words)

    def _taught(self, spans: dict[str, Span | None]) -> list[Taught]:
        if any(spans.values()) and not all(spans.values()):
            lacking = next(name for name, span in spans.items() if span is None)
            words = gettext("Give the times of every lesson, or of none: then they are laid out.")
            self.add_error(f"{lacking}-from", words)
            return []
        lessons = [self._lesson_of(name) for name in spans]
        given = [span for span in spans.values() if span]
        try:
            when = given or laid_out(
                [each.minutes for each in lessons],
                (self.session.starts_at, self.session.ends_at),
                self.session.breaks,
            )
        except TooShort:
            words = gettext("The session has fewer minutes than lessons. Name fewer of them.")
            self.add_error(None, words)
            return []
        return [self._one(name, span) for name, span in zip(spans, when, strict=True)]

    def _lesson_of(self, name: str) -> Lesson:
        planned = self.planned.get(name)
        return planned.lesson if planned else self.library[self.cleaned_data[name]]

    def _one(self, name: str, span: Span) -> Taught:
        lesson, planned = self._lesson_of(name), self.planned.get(name)
        if planned is None:
            homework = homework_of(lesson) if self.cleaned_data[f"{name}-given"] else ""
            return Taught(lesson, *span, homework=homework)
        return Taught(
            lesson,
            *span,
            steps_done=ticked(planned.version, self.cleaned_data[f"{name}-steps"]),
            homework=self.cleaned_data[f"{name}-homework"],
        )


class AddForm(TaughtForm):
    """One more lesson of a session that was confirmed."""

    def __init__(
        self, data: Any, *, session: GroupSession, library: Sequence[Lesson], is_first: bool
    ) -> None:
        super().__init__(data, session=session, library=library)
        self.is_first = is_first
        self.add_lesson("lesson", _("Lesson"))

    def clean(self) -> dict[str, Any]:
        lesson, span = self.chosen("lesson"), self.span("lesson")
        if lesson is None and "lesson" not in self.errors:
            self.add_error("lesson", gettext("Choose a lesson of the list."))
        if span is None and self.is_first:
            span = (self.session.starts_at, self.session.ends_at)
        if span is None and not self.errors:
            zone = self.session.group.program.zone
            words = gettext("Give its times, from %(start)s on: other lessons are on record.")
            start = clock(self.session.starts_at, zone)
            self.add_error("lesson-from", words % {"start": start})
        if lesson and span and not self.errors:
            homework = homework_of(lesson) if self.cleaned_data["lesson-given"] else ""
            self.cleaned_data["taught"] = Taught(lesson, *span, homework=homework)
        return self.cleaned_data


class CompleteForm(forms.Form):
    """The checklist and the homework's words of a lesson that was taught."""

    def __init__(self, data: Any, *, taught: InSession) -> None:
        super().__init__(data, prefix=f"of-{taught.row.public_id}")
        self.taught = taught
        homework = words_box(_("Homework given"), 3)
        homework.initial = taught.row.homework
        self.fields["homework"] = homework
        self.fields["steps"] = _steps(taught.version, taught.row.steps_done)

    def steps_done(self) -> list[str]:
        """Return the words of the steps ticked, of a form that is valid."""
        return ticked(self.taught.version, self.cleaned_data["steps"])


class WithdrawForm(forms.Form):
    """Why a lesson is taken off the record."""

    def __init__(self, data: Any, *, taught: InSession) -> None:
        super().__init__(data, prefix=f"off-{taught.row.public_id}")
        self.fields["reason"] = words_box(_("Why is it withdrawn?"), 2)

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"].strip()
        if not reason:
            raise forms.ValidationError(gettext("Say why the lesson is withdrawn."))
        return reason


class OtherForm(forms.Form):
    """What a session did that stands in no library."""

    other = words_box(_("Something else, in your own words"), 3)


def ticked(version: LessonVersion | None, numbers: Iterable[str]) -> list[str]:
    """Return the words of the steps with these numbers."""
    return [version.checklist[int(each)] for each in numbers] if version else []


def homework_of(lesson: Lesson) -> str:
    """Return the homework of the lesson's latest published version; one statement."""
    found = LessonVersion.objects.latest_of([lesson.pk]).first()
    return found.homework if found else ""
