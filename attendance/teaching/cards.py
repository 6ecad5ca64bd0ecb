"""One lesson of a session on its page: the words to lead it by, and what is on record of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.teaching.forms import CompleteForm, WithdrawForm
from attendance.teaching.homework import HomeworkState
from attendance.teaching.reading import InSession
from curriculum.handouts.markup import Block, blocks_of
from curriculum.models import Handout, HandoutKind
from groups.wording import times
from programs.models import Program


@dataclass(frozen=True)
class HandoutLine:
    """A handout as a link."""

    name: str
    kind: str
    icon: str
    url: str


@dataclass(frozen=True)
class Step:
    """One step of the checklist."""

    words: str
    is_done: bool


@dataclass(frozen=True)
class Record:
    """What is on record of a lesson that was taught. Forms where this person may use them."""

    span: str
    by: str
    steps: tuple[Step, ...]
    share: str
    homework: str
    state: str
    complete: CompleteForm | None
    withdraw: WithdrawForm | None
    is_bad: bool


@dataclass(frozen=True)
class LessonCard:
    """One lesson. `planned` says when it is taught, where it is not yet on record."""

    id: uuid.UUID
    name: str
    place: str
    facts: str
    is_core: bool
    planned: str
    url: str
    objectives: tuple[Block, ...]
    guide: tuple[Block, ...]
    homework: tuple[Block, ...]
    skills: tuple[str, ...]
    checklist: tuple[str, ...]
    handouts: tuple[HandoutLine, ...]
    record: Record | None
    is_published: bool

    @property
    def is_bare(self) -> bool:
        """Its version has no words to lead it by."""
        return not (self.objectives or self.guide or self.handouts or self.homework)


def cards_of(
    program: Program,
    lessons: Sequence[InSession],
    states: Mapping[int, HomeworkState],
    refused: Mapping[str, Form],
    *,
    may_act: bool,
) -> tuple[LessonCard, ...]:
    """Return the lessons in order, each with its forms where this person may use them."""
    cards = []
    for each in lessons:
        forms = (
            refused.get(f"complete:{each.row.public_id}") or CompleteForm(None, taught=each),
            refused.get(f"withdraw:{each.row.public_id}") or WithdrawForm(None, taught=each),
        )
        record = _record(program, each, states.get(each.row.pk), forms if may_act else None)
        cards.append(_card(program, each, record if each.is_taught else None))
    return tuple(cards)


def _card(program: Program, each: InSession, record: Record | None) -> LessonCard:
    lesson, version, is_planned = each.lesson, each.version, record is None
    return LessonCard(
        id=each.row.public_id,
        name=lesson.name,
        place=f"{lesson.module.track.name} · {lesson.module.name}",
        facts=" · ".join(_facts(each)),
        is_core=lesson.is_core,
        planned=_span(program, each) if is_planned else "",
        url=reverse("library:lesson", args=[program.public_id, lesson.public_id]),
        objectives=blocks_of(version.objectives) if version else (),
        guide=blocks_of(version.guide) if version else (),
        homework=blocks_of(version.homework) if version and is_planned else (),
        skills=tuple(version.skills) if version else (),
        checklist=tuple(version.checklist) if version and is_planned else (),
        handouts=tuple(_handout(program, handout) for handout in each.handouts),
        record=record,
        is_published=version is not None,
    )


def _facts(each: InSession) -> Iterator[str]:
    if n := each.lesson.minutes:
        yield ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}
    if each.version:
        yield _("version %(n)s") % {"n": each.version.number}


def _handout(program: Program, handout: Handout) -> HandoutLine:
    return HandoutLine(
        name=handout.name,
        kind=str(handout.get_kind_display()),
        icon="file-text" if handout.kind == HandoutKind.PAGE else "paperclip",
        url=reverse("handouts:handout", args=[program.public_id, handout.public_id]),
    )


def _record(program: Program, each: InSession, state: HomeworkState | None, forms: Any) -> Record:
    row, checklist = each.row, each.version.checklist if each.version else []
    done = sum(step in row.steps_done for step in checklist)
    share = _("%(done)s of %(all)s steps") % {"done": done, "all": len(checklist)}
    return Record(
        span=_span(program, each),
        by=row.taught_by.display_name if row.taught_by else "",
        steps=tuple(Step(step, step in row.steps_done) for step in checklist),
        share=share if checklist else "",
        homework=row.homework,
        state=state_words(state) if state else "",
        complete=forms[0] if forms else None,
        withdraw=forms[1] if forms else None,
        is_bad=bool(forms) and any(form.is_bound for form in forms),
    )


def state_words(state: HomeworkState) -> str:
    """Return how homework went, in people: `Given to 8: 3 done, 1 partly, 2 not done, 2 open`."""
    if not state.given:
        return _("Nobody is on record as having been there.")
    return _(
        "Given to %(given)s: %(done)s done, %(partly)s partly, %(not_done)s not done, %(open)s open"
    ) % {
        "given": state.given,
        "done": state.done,
        "partly": state.partly,
        "not_done": state.not_done,
        "open": state.open,
    }


def _span(program: Program, each: InSession) -> str:
    return times(*each.span, program.zone) if each.span else ""
