"""What is asked about a curriculum rule, core lessons, and what a jurisdiction demands."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.models import CurriculumRule, Lesson, Module, RequiredTopic
from curriculum.requiring.actions.rules import FACTS as RULE_FACTS
from curriculum.requiring.actions.topics import FACTS as TOPIC_FACTS
from curriculum.requiring.jurisdictions import BY_CODE, LISTS, Jurisdiction
from programs.models import Program
from programs.plan.boxes import DateBox, RecordForm, line_of_text, whole_number

NOT_ASKED = _("Blank: not asked for.")
CITATION = _("Where it comes from, such as 25 TAC 448.901.")


def _share(label: Any, *, required: Any = None, hint: Any = NOT_ASKED) -> forms.IntegerField:
    return whole_number(label, least=1, most=100, required=required, hint=hint)


class RuleForm(RecordForm):
    """When a lesson counts as received, and what completes the program; from a date on."""

    effective_from = DateBox(
        label=_("In effect from"), error_messages={"required": _("Enter the first day")}
    )
    citation = line_of_text(_("Citation"), most=300, hint=CITATION)
    received_percent = _share(
        _("Share of a lesson’s minutes that counts as received, in percent"),
        required=_("Enter the share, such as 75"),
        hint=_("75 is usual."),
    )
    min_core_percent = _share(_("Core lessons received or waived, in percent"))
    has_all_topics = forms.BooleanField(
        label=_("Every topic that a jurisdiction demands"), required=False
    )
    min_weeks = whole_number(_("Weeks in the program"), least=1, most=104, hint=NOT_ASKED)
    min_hours = whole_number(_("Hours attended"), least=1, most=2_000, hint=NOT_ASKED)
    min_weeks_met_percent = _share(_("Weeks whose hours were met, in percent"))
    min_plan_percent = _share(_("Relapse prevention plan filled in, in percent"))
    min_homework_percent = _share(_("Homework done or partly done, in percent"))

    def __init__(
        self, data: Any = None, *, program: Program, said: CurriculumRule, effective_from: date
    ) -> None:
        """Fill in what `said` says."""
        initial = {name: getattr(said, name) for name in RULE_FACTS}
        super().__init__(data, initial={**initial, "effective_from": effective_from})
        self.program = program

    def rule(self) -> CurriculumRule:
        """The rule as it is to be."""
        return CurriculumRule(program=self.program, **self.cleaned_data)


@dataclass(frozen=True)
class LessonBox:
    """One lesson to tick."""

    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class LessonBoxes:
    """The lessons of one module to tick, under the name of their track and module."""

    track: str
    module: str
    boxes: tuple[LessonBox, ...]


class LessonsForm(RecordForm):
    """A form in which lessons of the program are ticked."""

    def __init__(
        self, data: Any = None, *, lessons: Iterable[Lesson], ticked: Iterable[Lesson], **kw: Any
    ) -> None:
        """`lessons`: those to choose from, in the library's order, with module and track."""
        super().__init__(data, **kw)
        self.lessons = {str(lesson.public_id): lesson for lesson in lessons}
        self.ticked = {str(lesson.public_id) for lesson in ticked}

    def lesson_ids(self) -> list[str]:
        """What is ticked, as it was sent; as it is stored, where nothing was sent."""
        if self.is_bound:
            return self.data.getlist("lessons")  # type: ignore[attr-defined]
        return [each for each in self.lessons if each in self.ticked]

    def modules(self) -> tuple[LessonBoxes, ...]:
        """The lessons to tick, module by module."""
        ticked = set(self.lesson_ids())
        found: dict[int, tuple[Module, list[LessonBox]]] = {}
        for value, lesson in self.lessons.items():
            box = LessonBox(value, lesson.name, value in ticked)
            found.setdefault(lesson.module_id, (lesson.module, []))[1].append(box)
        return tuple(
            LessonBoxes(module.track.name, module.name, tuple(boxes))
            for module, boxes in found.values()
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what is no lesson of the program."""
        if any(each not in self.lessons for each in self.lesson_ids()):
            self.add_error(None, str(_("Choose lessons of this program from the list.")))
        return self.cleaned_data

    def chosen(self) -> list[Lesson]:
        """The lessons that are ticked."""
        return [self.lessons[each] for each in dict.fromkeys(self.lesson_ids())]


class CoreForm(LessonsForm):
    """Which lessons are core."""

    def was(self) -> list[uuid.UUID]:
        """The core lessons as the page showed them; what is no id names none."""
        sent = self.data.getlist("was")  # type: ignore[attr-defined]
        return [self.lessons[each].public_id for each in sent if each in self.lessons]

    def shown(self) -> list[str]:
        """The ids to be sent back: those core when the page was first shown."""
        if self.is_bound:
            return [str(each) for each in self.was()]
        return self.lesson_ids()


class TopicForm(LessonsForm):
    """What a jurisdiction demands, from when to when, and the lessons that meet it."""

    jurisdiction = line_of_text(
        _("Jurisdiction"), most=80, required=_("Enter who demands it, such as Texas")
    )
    name = line_of_text(_("Topic"), most=160, required=_("Enter the topic, such as Hepatitis"))
    citation = line_of_text(_("Citation"), most=300, hint=CITATION)
    first_on = DateBox(
        label=_("Demanded from"), error_messages={"required": _("Enter the first day")}
    )
    last_on = DateBox(
        label=_("Demanded until"), required=False, help_text=_("Blank: until further notice.")
    )

    def __init__(
        self, data: Any = None, *, topic: RequiredTopic, lessons: Iterable[Lesson], ticked: Any
    ) -> None:
        said = {name: getattr(topic, name) for name in TOPIC_FACTS}
        super().__init__(data, lessons=lessons, ticked=ticked, initial=said)
        self.program = topic.program

    def topic(self) -> RequiredTopic:
        """The topic as it is to be."""
        return RequiredTopic(program=self.program, **self.cleaned_data)


class ListForm(RecordForm):
    """Which ready-made list is to be added, and from when on its topics are demanded."""

    jurisdiction = forms.ChoiceField(
        choices=[(each.code, each.name) for each in LISTS],
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose one of the states."),
            "invalid_choice": _("There is no ready-made list of that state."),
        },
    )
    first_on = DateBox(
        label=_("Demanded from"), error_messages={"required": _("Enter the first day")}
    )

    @property
    def chosen(self) -> Jurisdiction | None:
        """The state that the form is about, if it is one of them."""
        asked = self["jurisdiction"].value()
        return BY_CODE.get(asked) if isinstance(asked, str) else None
