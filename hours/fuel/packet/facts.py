"""The facts at the head of a packet: the person, the authorization, the care, the goals."""

from __future__ import annotations

from django.utils.translation import gettext as _

from attendance.papers.content import Fact
from hours.summary.summary import goal_words
from programs.models import Authorization, Enrollment, Order
from programs.plan.wording import day_words, days_a_week, hours, span_words


def person_facts(enrollment: Enrollment) -> tuple[Fact, ...]:
    """Return by what a payer knows the person."""
    person = enrollment.participant.kept
    born = day_words(person.birth_date) if person.birth_date else _("not on record")
    return Fact(_("Born"), born), Fact(_("Chart number"), person.chart_number)


def authorization_facts(authorization: Authorization | None) -> tuple[Fact, ...]:
    """Return what was approved; that nothing was, where there is none."""
    if authorization is None:
        return (Fact(_("Authorization"), _("none on record")),)
    review_on, most = authorization.next_review_on, authorization.days_per_week
    facts = [
        Fact(_("Payer"), authorization.payer),
        Fact(_("Member ID"), authorization.member_id or _("not on record")),
        Fact(_("Authorization"), authorization.number),
        Fact(_("Its dates"), span_words(authorization.first_on, authorization.last_on)),
        Fact(_("Allowed"), days_a_week(most) if most else ""),
        Fact(_("Next review"), day_words(review_on) if review_on else ""),
    ]
    return tuple(fact for fact in facts if fact.text)


def care_facts(enrollment: Enrollment, *, with_plan: bool) -> tuple[Fact, ...]:
    """Return the level of care and its dates; the order only with the plan of care."""
    planned_on, discharged_on = enrollment.planned_discharge_on, enrollment.discharged_on
    facts = [
        Fact(_("Level of care"), str(enrollment.program.get_level_of_care_display())),
        Fact(_("Admitted"), day_words(enrollment.admitted_on)),
        Fact(_("Planned last day"), day_words(planned_on) if planned_on else _("not set")),
        Fact(_("Last day"), day_words(discharged_on) if discharged_on else ""),
        Fact(_("Ordered"), _ordered(enrollment) if with_plan else ""),
        *_certified(enrollment),
    ]
    return tuple(fact for fact in facts if fact.text)


def _ordered(enrollment: Enrollment) -> str:
    order = Order.objects.filter(enrollment=enrollment).order_by("-effective_from").first()
    if order is None:
        return _("none; the program’s rule holds")
    return _("%(hours)s a week, from %(day)s") % {
        "hours": hours(order.minutes_per_week),
        "day": day_words(order.effective_from),
    }


def _certified(enrollment: Enrollment) -> list[Fact]:
    """Return when the need was certified first and last, and when that is due again."""
    dates = list(enrollment.certifications.standing().values_list("signed_on", "due_on"))
    if not dates:
        return [Fact(_("Certified"), _("not on record"))]
    facts = [Fact(_("Certified"), day_words(dates[-1][0]))]
    if dates[1:]:
        facts.append(Fact(_("Recertified"), day_words(dates[0][0])))
    return [*facts, Fact(_("Certify again by"), day_words(dates[0][1]))]


def goal_facts(enrollment: Enrollment) -> tuple[Fact, ...]:
    """Return the goals with what came of them, the open ones first."""
    goals = sorted(enrollment.goals.all(), key=lambda goal: goal.ended_on is not None)
    return tuple(Fact(goal.text, goal_words(goal)) for goal in goals)
