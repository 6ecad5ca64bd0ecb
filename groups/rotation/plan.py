"""A group's plan of lessons as plain values, to be read, altered and tried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from curriculum.models import Lesson
from groups.models import GroupSession, Rotation
from groups.rotation.flow import Flow, Key, Slot, Step, Turn, flow


@dataclass(frozen=True)
class Heard:
    """A lesson in a session that is over or was confirmed; `is_taught`: not passed over."""

    session: Key
    lesson: Key
    starts_at: datetime
    is_taught: bool
    is_by_hand: bool


@dataclass(frozen=True)
class GroupPlan:
    """Everything that decides what a group's coming sessions teach; plain to alter and try out.

    `sessions` are those still to come, cancelled ones too, by key; `slots` the same for the rule.
    Without a rotation `order` is empty. `lessons` holds every lesson that is spoken of.
    """

    rotation: Rotation | None
    order: tuple[Key, ...]
    on_cancel: str
    is_repeating: bool
    sessions: Mapping[Key, GroupSession]
    slots: tuple[Slot, ...]
    past: tuple[Heard, ...]
    lessons: Mapping[Key, Lesson] = field(default_factory=dict)
    needs: Mapping[Key, frozenset[Key]] = field(default_factory=dict)

    @property
    def heard(self) -> list[Key]:
        """What the group was taught so far, the earliest first."""
        return [each.lesson for each in self.past if each.is_taught]

    @property
    def steps(self) -> list[Step]:
        """The rotation's lessons in order; a retired one is planned no more."""
        return [self.step(key) for key in self.order if self.lessons[key].retired_at is None]

    def step(self, lesson: Key) -> Step:
        """Return the lesson as the rule reads it."""
        needs = self.needs.get(lesson, frozenset())
        return Step(lesson, self.lessons[lesson].minutes, needs)

    @cached_property
    def flow(self) -> Flow:
        """What the rotation gives every coming session."""
        outside = {lesson for slot in self.slots for lesson in slot.fixed} - {*self.order}
        return flow(
            self.steps,
            self.slots,
            on_cancel=self.on_cancel,
            is_repeating=self.is_repeating,
            heard=self.heard,
            turns=[Turn(each.lesson, each.is_taught, each.is_by_hand) for each in self.past],
            others=[self.step(each) for each in sorted(outside)],
        )

    def knowing(self, lessons: Iterable[Lesson], needs: Mapping[Key, frozenset[Key]]) -> GroupPlan:
        """Return the plan with more lessons to speak of, and what they need."""
        known = {each.pk: each for each in lessons}
        return replace(self, lessons={**self.lessons, **known}, needs={**self.needs, **needs})

    def with_order(self, order: Sequence[Key], on_cancel: str, *, is_repeating: bool) -> GroupPlan:
        """Return the plan of another rotation; its lessons are known."""
        return replace(self, order=tuple(order), on_cancel=on_cancel, is_repeating=is_repeating)

    def with_fixed(self, fixed: Mapping[Key, tuple[Key, ...]]) -> GroupPlan:
        """Return the plan with these lessons chosen by hand; none gives the session back."""
        slots = [replace(each, fixed=fixed.get(each.session, each.fixed)) for each in self.slots]
        return self.with_slots(slots)

    def with_slots(self, slots: Iterable[Slot]) -> GroupPlan:
        """Return the plan for other coming sessions."""
        return replace(self, slots=tuple(slots))
