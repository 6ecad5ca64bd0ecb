"""Says what an amendment changes: minutes, the day, the week's verdict, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hours.amending.comparing import Effect, Side
from hours.explanation import explanation
from hours.verdict_looks import LOOKS, Look, standing_of
from hours.wording import hours


@dataclass(frozen=True)
class Turn:
    """One thing as it is and as it would be, with its chips where they have one."""

    label: str
    before: str
    after: str
    hint: str = ""
    look_before: Look | None = None
    look_after: Look | None = None

    @property
    def is_changed(self) -> bool:
        return (self.before, self.look_before) != (self.after, self.look_after)


@dataclass(frozen=True)
class EffectWords:
    """What is shown before an amendment is saved; `instead` says why the hours do not change."""

    turns: tuple[Turn, ...]
    because: str
    instead: str


def effect_words(effect: Effect, *, program: str) -> EffectWords:
    """Return the effect in words; `program` is the name of the session's program."""
    if effect.line is None or effect.after.row is None:
        return EffectWords((), "", _why_nothing(effect, program))
    facts, row = effect.after.facts, effect.after.row
    turns = (_session_turn(effect), _day_turn(effect), _week_turn(effect))
    same = "" if any(each.is_changed for each in turns) else _("Nothing changes in the hours.")
    return EffectWords(turns, explanation(row, facts) if facts else "", same)


def in_one_sentence(effect: Effect) -> str:
    """Return what changed, for the line that says that it is saved; blank where nothing did."""
    if effect.line is None or effect.after.row is None:
        return ""
    said = [_said(each) for each in (_session_turn(effect), _week_turn(effect)) if each.is_changed]
    if effect.before.qualifies != effect.after.qualifies:
        is_lost = effect.before.qualifies
        said.insert(
            1, _("The day no longer qualifies.") if is_lost else _("The day qualifies now.")
        )
    return " ".join(said)


def _said(turn: Turn) -> str:
    if turn.look_before and turn.look_after and turn.look_before != turn.look_after:
        words = {"before": turn.look_before.label, "after": turn.look_after.label}
        return _("The week was %(before)s and is %(after)s.") % {
            name: str(word).lower() for name, word in words.items()
        }
    words = {"label": turn.label, "before": turn.before, "after": turn.after}
    return _("%(label)s: %(after)s instead of %(before)s.") % words


def _why_nothing(effect: Effect, program: str) -> str:
    if effect.after.facts is None:
        return _("No rule covers this week, so no hours are worked out for it.")
    if effect.after.row is None:
        return _("Not enrolled in %(program)s on this day: the week there does not count it.") % {
            "program": program
        }
    return _("Sessions of this kind do not count for the weekly hours: the week stays as it is.")


def _turn(effect: Effect, label: str, words: Callable[[Side], str], hint: str = "") -> Turn:
    return Turn(label, words(effect.before), words(effect.after), hint)


def _session_turn(effect: Effect) -> Turn:
    net = effect.line.net if effect.line else 0
    hint = _("of %(net)s min") % {"net": net}
    return _turn(effect, _("Credited here"), lambda side: _minutes(side.credited), hint)


def _day_turn(effect: Effect) -> Turn:
    rule = effect.after.facts.rule if effect.after.facts else None
    day = date_format(effect.line.held_on, "l, F j") if effect.line else ""
    hint = _("It qualifies from %(least)s on.") % {
        "least": _minutes(rule.min_minutes_per_day if rule else 0)
    }

    def words(side: Side) -> str:
        said = _("%(minutes)s, qualifies") if side.qualifies else _("%(minutes)s, does not qualify")
        return said % {"minutes": _minutes(side.on_day)}

    return _turn(effect, day, words, hint)


def _week_turn(effect: Effect) -> Turn:
    before, after = effect.before.row, effect.after.row
    first_on = effect.after.facts.week.first_on if effect.after.facts else None
    return Turn(
        label=_("Week of %(day)s") % {"day": date_format(first_on, "F j") if first_on else ""},
        before=_attended(effect.before),
        after=_attended(effect.after),
        look_before=LOOKS[standing_of(before)] if before else None,
        look_after=LOOKS[standing_of(after)] if after else None,
    )


def _attended(side: Side) -> str:
    if side.row is None:
        return ""
    return _("%(attended)s of %(required)s") % {
        "attended": hours(side.row.attended),
        "required": hours(side.row.required),
    }


def _minutes(minutes: int) -> str:
    return _("%(minutes)s min") % {"minutes": minutes}
