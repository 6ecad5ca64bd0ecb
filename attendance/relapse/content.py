"""A relapse prevention plan as plain values: its words, situations and contacts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from attendance.models import RelapsePlan

# The six sections that are text, in the order of the page.
TEXTS = (
    "reasons",
    "outside_triggers",
    "inside_triggers",
    "warning_signs",
    "what_worked",
    "emergency",
)
ANSWERS = ("cope", "avoid", "escape", "support")


@dataclass(frozen=True)
class Situation:
    """A high-risk situation and what to do in it."""

    situation: str
    cope: str = ""
    avoid: str = ""
    escape: str = ""
    support: str = ""


@dataclass(frozen=True)
class Contact:
    """Somebody to turn to; `phone` as it was written."""

    name: str
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True)
class PlanContent:
    """What one version says. Texts have a point to a line; what is blank is not filled in."""

    language: str = "en"
    reasons: str = ""
    outside_triggers: str = ""
    inside_triggers: str = ""
    warning_signs: str = ""
    what_worked: str = ""
    emergency: str = ""
    review_on: date | None = None
    situations: tuple[Situation, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        is_blank = not any(getattr(self, name) for name in TEXTS)
        return is_blank and not (self.situations or self.contacts or self.review_on)


SITUATION = tuple(each.name for each in fields(Situation))
CONTACT = tuple(each.name for each in fields(Contact))


def content_of(plan: RelapsePlan | None) -> PlanContent:
    """Return what the version says, with its situations and contacts; nothing of None."""
    if plan is None:
        return PlanContent()
    own = ("language", *TEXTS, "review_on")
    return PlanContent(
        **{name: getattr(plan, name) for name in own},
        situations=tuple(
            Situation(**{name: getattr(each, name) for name in SITUATION})
            for each in plan.situations.all()
        ),
        contacts=tuple(
            Contact(**{name: getattr(each, name) for name in CONTACT})
            for each in plan.contacts.all()
        ),
    )
