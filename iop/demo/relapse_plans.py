"""Relapse prevention plans and skills diaries of the demo's people. Nobody wrote any of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from accounts.models import User
from attendance.diary.actions import add_skill_uses
from attendance.diary.entry import Entry
from attendance.models import Helped, RelapsePlan, SkillUse
from attendance.relapse.actions import save_plan
from attendance.relapse.content import Contact, PlanContent, Situation
from iop.demo.folder import ZONE
from iop.demo.timetable import CLINICIAN
from programs.models import Enrollment
from programs.weeks import local_date

REVIEW = timedelta(days=21)
EARLIER = timedelta(days=17)
BEGUN = PlanContent(
    reasons="My daughter\nKeeping the job at the bakery",
    outside_triggers="Payday\nThe parking lot behind the stadium",
    contacts=(Contact("Aunt Jo", "My aunt", ""),),
)
WHOLE = replace(
    BEGUN,
    reasons="My daughter\nKeeping the job at the bakery\nI like mornings again",
    inside_triggers="Lonely on Sundays\nAngry after a call with my brother\n“One will not hurt”",
    warning_signs="I skip breakfast\nI stop answering texts\nI sleep past noon",
    what_worked="Urge surfing for ten minutes\nA walk with the dog\nCalling Aunt Jo before nine",
    emergency="Leave the place.\nCall Aunt Jo.\nCome to the next group, whatever happened.",
    situations=(
        Situation(
            "My cousin’s wedding",
            "Hold a soda all evening",
            "Come after the toasts",
            "My own car, parked outside",
            "Text Aunt Jo at eight",
        ),
        Situation(
            "Friday after work", "Bakery bag, straight home", "Not past the stadium", "Bus 14", ""
        ),
    ),
    contacts=(
        Contact("Aunt Jo", "My aunt", "(402) 555-0142"),
        Contact("Marcus", "From my home group", "(402) 555-0117"),
    ),
)
SPANISH = replace(
    PlanContent(language="es"),
    reasons="Mi hija\nVolver a dormir bien",
    outside_triggers="El día de pago\nEl bar de la esquina",
    inside_triggers="La soledad de los domingos",
    warning_signs="Dejo de contestar mensajes",
    situations=(
        Situation(
            "La fiesta de mi primo", "Tomar agua con gas", "Llegar tarde", "Ir en mi carro", ""
        ),
    ),
    contacts=(Contact("Lucía", "Mi hermana", "(402) 555-0163"),),
)
SKILLS = ("Urge surfing", "Paced breathing", "Checking the facts", "Opposite action", "Phone list")
WORDS = ("", "", "Before the shift, in the car.", "It took ten minutes.", "")
# One after another: what came of it.
HELPED = (Helped.YES, Helped.LITTLE, Helped.YES, Helped.NO, Helped.LITTLE, Helped.YES)


def write_relapse_plans(now: datetime) -> None:
    """Give some people a plan, of different completeness, and a diary; once."""
    if RelapsePlan.objects.exists() or SkillUse.objects.exists():
        return
    by = User.objects.get(email=CLINICIAN)
    today = local_date(now, ZONE)
    episodes = _episodes(now)
    whole = replace(WHOLE, review_on=today + REVIEW)
    for episode, versions in zip(episodes, ([BEGUN, whole], [SPANISH], [BEGUN]), strict=False):
        _save(episode, versions, now, by)
    for place, episode in enumerate(episodes[:4]):
        _keep_diary(episode, place, now, by)


def _episodes(now: datetime) -> Sequence[Enrollment]:
    """Return episodes in force, those that began first coming first."""
    in_force = Enrollment.objects.begun().covering(local_date(now, ZONE))
    found = in_force.filter(admitted_on__lte=local_date(now - EARLIER, ZONE))
    rows = found.select_related("participant", "program__site")
    return list(rows.order_by("admitted_on", "participant__chart_number")[:6])


def _save(episode: Enrollment, versions: Sequence[PlanContent], now: datetime, by: User) -> None:
    seen = None
    for back, content in zip(range(len(versions) - 1, -1, -1), versions, strict=True):
        plan = save_plan(
            person=episode.participant.kept,
            program=episode.program,
            content=content,
            seen=seen,
            now=now - back * EARLIER,
            by=by,
        )
        seen = plan.public_id


def _keep_diary(episode: Enrollment, place: int, now: datetime, by: User) -> None:
    today = local_date(now, ZONE)
    entries = [
        Entry(
            today - timedelta(days=1 + back * (place + 2)),
            SKILLS[(back + place) % len(SKILLS)],
            HELPED[(back * 2 + place) % len(HELPED)],
            WORDS[back % len(WORDS)],
        )
        for back in range(12)
    ]
    add_skill_uses(
        person=episode.participant.kept,
        program=episode.program,
        entries=[each for each in entries if each.used_on >= episode.admitted_on],
        today=today,
        now=now,
        by=by,
    )
