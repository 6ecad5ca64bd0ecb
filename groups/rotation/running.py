"""Goes through the coming sessions in order of time and gives each its lesson. Plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from groups.rotation.rounds import after, done_in_round
from groups.rotation.shapes import Key, Slot, Step, Turn

# Why a lesson has no session.
TOO_LONG, NEEDS = "too_long", "needs"
# What is wrong with a lesson that was fixed by hand, and stays.
FIXED_TOO_LONG, FIXED_TOO_EARLY = "fixed_too_long", "fixed_too_early"


class Run:
    """One pass through the sessions; afterwards it holds what each got, and what had to give."""

    def __init__(
        self,
        *,
        steps: Mapping[Key, Step],
        known: Mapping[Key, Step],
        slots: Sequence[Slot],
        skips: bool,
        is_repeating: bool,
        heard: Sequence[Key],
        turns: Sequence[Turn] | None,
    ) -> None:
        self.steps, self.known, self.slots = steps, known, slots
        self.skips, self.is_repeating = skips, is_repeating
        had = [Turn(each) for each in heard] if turns is None else turns
        # Taught, or planned before the session that is looked at.
        self.heard = set(heard)
        self.done = done_in_round(steps, had, is_repeating=is_repeating)
        self.teaches: dict[Key, tuple[Key, ...]] = {}
        self.passed: dict[Key, tuple[Key, ...]] = {}
        self.repeated: list[tuple[Key, Key]] = []
        self.refused: dict[Key, str] = {}

    def through(self) -> None:
        """Give every session what it is to teach."""
        for index, slot in enumerate(self.slots):
            if slot.is_cancelled:
                self.teaches[slot.session] = ()
                self._pass(index)
            elif slot.fixed:
                self._keep(slot)
            else:
                self._give(slot, self._next(index))
        self._refuse_the_rest()

    def _pass(self, index: int) -> None:
        """Let the turn pass with a cancelled session, or keep it for the next one."""
        if not self.skips:
            return
        slot = self.slots[index]
        lessons = slot.fixed or _only(self._next(index))
        if lessons:
            self.passed[slot.session] = lessons
        for lesson in lessons:
            self._turn(lesson)

    def _keep(self, slot: Slot) -> None:
        if _minutes(slot.fixed, self.known) > slot.minutes:
            self.refused.update(dict.fromkeys(slot.fixed, FIXED_TOO_LONG))
        for lesson in slot.fixed:
            if lesson in self.done:
                self.repeated.append((lesson, slot.session))
            if lesson in self.known and not self.known[lesson].needs <= self.heard:
                self.refused[lesson] = FIXED_TOO_EARLY
            self._turn(lesson)
            self.heard.add(lesson)
        self.teaches[slot.session] = slot.fixed

    def _give(self, slot: Slot, lesson: Key | None) -> None:
        self.teaches[slot.session] = _only(lesson)
        if lesson is not None:
            self._turn(lesson)
            self.heard.add(lesson)

    def _turn(self, lesson: Key) -> None:
        self.done = after(lesson, self.done, self.steps, is_repeating=self.is_repeating)

    def _next(self, index: int) -> Key | None:
        """Return whose turn it is in this session; a round that is over makes way for the next."""
        ahead = self._fixed_ahead(index)
        found = self._first(index, ahead)
        if found is not None or not self.is_repeating or ahead or self._can_come(index):
            return found
        for lesson in self._remaining():
            self.refused.setdefault(lesson, self._why_not(lesson, self.slots[index:]))
        self.done = set()
        return self._first(index, self._fixed_ahead(index))

    def _first(self, index: int, ahead: Collection[Key]) -> Key | None:
        slot = self.slots[index]
        waiting = (each for each in self._remaining() if each not in ahead)
        return next((each for each in waiting if self._may(each, slot, self.heard)), None)

    def _remaining(self) -> list[Key]:
        return [lesson for lesson in self.steps if lesson not in self.done]

    def _may(self, lesson: Key, slot: Slot, heard: Collection[Key]) -> bool:
        step = self.steps[lesson]
        return (step.minutes or 0) <= slot.minutes and step.needs.issubset(heard)

    def _fixed_ahead(self, index: int) -> set[Key]:
        """Return the lessons of this round that have their session further on, chosen by hand.

        One belongs to this round if the others fill every session before it; else the round is
        over by then, and it counts for the next one.
        """
        remaining, ahead, free = set(self._remaining()), set[Key](), 0
        for place, slot in enumerate(self.slots[index:], start=index):
            if slot.is_cancelled and not self.skips:
                continue
            for lesson in remaining.intersection(slot.fixed) - ahead:
                if free < len(remaining) - len(ahead):
                    others = self._can_come(index, place) - ahead - {lesson}
                    ahead |= {lesson} if free <= len(others) else set()
            free += not slot.fixed
        return ahead

    def _can_come(self, start: int, stop: int | None = None) -> set[Key]:
        """Return the lessons of this round that sessions from here on could take."""
        remaining, heard, found = self._remaining(), set(self.heard), set[Key]()
        for slot in self.slots[start:stop]:
            if slot.is_cancelled:
                continue
            fits = {each for each in remaining if self._may(each, slot, heard)}
            taken = set(slot.fixed) if slot.fixed else fits
            heard |= taken
            found |= taken.intersection(remaining)
        return found

    def _why_not(self, lesson: Key, slots: Iterable[Slot]) -> str:
        minutes = self.steps[lesson].minutes or 0
        fits = any(minutes <= slot.minutes for slot in slots if _is_free(slot))
        return NEEDS if fits else TOO_LONG

    def _refuse_the_rest(self) -> None:
        """Say of which lessons of the last round no session, also a later one, can be thought."""
        if not any(_is_free(slot) for slot in self.slots):
            return
        waiting = [each for each in self._remaining() if each not in self.refused]
        long = [each for each in waiting if self._why_not(each, self.slots) == TOO_LONG]
        self.refused.update(dict.fromkeys(long, TOO_LONG))
        hopeful = self.heard | (set(waiting) - set(long))
        while lost := [e for e in hopeful - self.heard if not self.steps[e].needs <= hopeful]:
            hopeful.difference_update(lost)
            self.refused.update(dict.fromkeys(sorted(lost), NEEDS))


def carried_over(slots: Sequence[Slot], known: Mapping[Key, Step]) -> dict[Key, tuple[Key, ...]]:
    """Return which session takes the lessons that were fixed in one that is cancelled.

    The first free one after it that is long enough; lessons for which there is none are left out.
    """
    carried: dict[Key, tuple[Key, ...]] = {}
    for index, slot in enumerate(slots):
        if not slot.is_cancelled or not slot.fixed:
            continue
        wanted = _minutes(slot.fixed, known)
        free = (each for each in slots[index + 1 :] if _is_free(each))
        fits = (e for e in free if e.session not in carried and wanted <= e.minutes)
        if taker := next(fits, None):
            carried[taker.session] = slot.fixed
    return carried


def _is_free(slot: Slot) -> bool:
    return not slot.is_cancelled and not slot.fixed


def _minutes(lessons: Iterable[Key], known: Mapping[Key, Step]) -> int:
    return sum(known[each].minutes or 0 for each in lessons if each in known)


def _only(lesson: Key | None) -> tuple[Key, ...]:
    return () if lesson is None else (lesson,)
