"""A relapse prevention plan as a test draws it, stores it, and sends it from a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from attendance.models import RelapsePlan, RiskSituation, SupportContact
from attendance.relapse.content import TEXTS, Contact, PlanContent, Situation
from programs.models import Participant
from tests.build_curriculum import a_relapse_plan

REVIEW = date(2026, 12, 9)
WEDDING = Situation("Cousin's wedding", "Hold a soda", "Come late", "My own car", "Call Jo")
JO = Contact("Jo", "My aunt", "(402) 555-0100")
WHOLE = PlanContent(
    reasons="My daughter\nMy work",
    outside_triggers="Payday",
    inside_triggers="Lonely on Sundays",
    warning_signs="I skip breakfast",
    what_worked="A walk with the dog",
    emergency="Leave. Call Jo.",
    review_on=REVIEW,
    situations=(WEDDING,),
    contacts=(JO,),
)


def stored(person: Participant, content: PlanContent = WHOLE, **fields: Any) -> RelapsePlan:
    """Store the content as the person's next version."""
    texts = {name: getattr(content, name) for name in TEXTS}
    own = {"language": content.language, "review_on": content.review_on}
    plan = a_relapse_plan(person, **{**texts, **own, **fields})
    for number, each in enumerate(content.situations):
        RiskSituation.objects.create(plan=plan, position=number, **vars(each))
    for number, contact in enumerate(content.contacts):
        SupportContact.objects.create(plan=plan, position=number, **vars(contact))
    return plan


def sent(content: PlanContent = WHOLE, seen: Any = "", **changes: str) -> dict[str, str]:
    """Return what a browser sends: every box, two more rows of each kind than are filled."""
    fields = {name: getattr(content, name) for name in TEXTS}
    fields |= {"language": content.language, "seen": str(seen or "")}
    fields["review_on"] = str(content.review_on or "")
    blank, nobody = Situation(""), Contact("")
    for number, row in enumerate([*content.situations, blank, blank][:5]):
        fields |= {f"situation-{number}-{name}": text for name, text in vars(row).items()}
    for number, contact in enumerate([*content.contacts, nobody, nobody][:6]):
        fields |= {f"contact-{number}-{name}": text for name, text in vars(contact).items()}
    return fields | changes


def without(*names: str) -> PlanContent:
    """Return the whole plan with nothing in these parts."""
    return replace(WHOLE, **{name: getattr(PlanContent(), name) for name in names})
