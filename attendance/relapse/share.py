"""How much of a relapse prevention plan is filled in: nine parts, and which of them are missing.

Said twice, in Python of the words and in SQL of what is stored; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields

from django.db import connection
from django.utils.translation import gettext_lazy as _

from attendance.relapse.content import PlanContent


@dataclass(frozen=True)
class Filled:
    """Whether each of the nine parts is there, in the order of the page.

    `situations`: there is one with all four answers. `contacts`: there is one with a phone number.
    """

    reasons: bool = False
    outside_triggers: bool = False
    inside_triggers: bool = False
    situations: bool = False
    warning_signs: bool = False
    what_worked: bool = False
    contacts: bool = False
    emergency: bool = False
    review_on: bool = False

    @property
    def count(self) -> int:
        """How many of the parts are there."""
        return sum(getattr(self, name) for name in PARTS)

    @property
    def percent(self) -> int:
        """The share of the parts that are there, in whole percent; 100 only for all of them."""
        return 100 * self.count // len(PARTS)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is missing, in words."""
        return tuple(str(MISSING[name]) for name in PARTS if not getattr(self, name))


PARTS = tuple(each.name for each in fields(Filled))
MISSING = {
    "reasons": _("my reasons for recovery"),
    "outside_triggers": _("triggers around me"),
    "inside_triggers": _("triggers within me"),
    "situations": _("a high-risk situation with all four answers"),
    "warning_signs": _("early warning signs"),
    "what_worked": _("what has worked before"),
    "contacts": _("somebody to turn to, with a phone number"),
    "emergency": _("the emergency plan"),
    "review_on": _("a day to look at it again"),
}


def filled_of(plan: PlanContent) -> Filled:
    """Return which parts of the plan are filled in; blanks and line breaks alone are nothing."""
    return Filled(
        reasons=_any([plan.reasons]),
        outside_triggers=_any([plan.outside_triggers]),
        inside_triggers=_any([plan.inside_triggers]),
        situations=any(
            all(map(str.strip, (each.situation, each.cope, each.avoid, each.escape, each.support)))
            for each in plan.situations
        ),
        warning_signs=_any([plan.warning_signs]),
        what_worked=_any([plan.what_worked]),
        contacts=_any(each.phone for each in plan.contacts if each.name.strip()),
        emergency=_any([plan.emergency]),
        review_on=plan.review_on is not None,
    )


def _any(texts: Iterable[str]) -> bool:
    return any(text.strip() for text in texts)


# The latest version that is stored for the person, under this record or one joined with it. What
# is stored is stripped, and an empty text stays empty when encrypted: none need be opened.
LATEST = """
SELECT asked.id,
       plan.reasons <> '', plan.outside_triggers <> '', plan.inside_triggers <> '',
       EXISTS (SELECT FROM attendance_risksituation s
                WHERE s.plan_id = plan.id AND s.situation <> '' AND s.cope <> ''
                  AND s.avoid <> '' AND s.escape <> '' AND s.support <> ''),
       plan.warning_signs <> '', plan.what_worked <> '',
       EXISTS (SELECT FROM attendance_supportcontact c
                WHERE c.plan_id = plan.id AND c.name <> '' AND c.phone <> ''),
       plan.emergency <> '', plan.review_on IS NOT NULL
  FROM programs_participant asked
 CROSS JOIN LATERAL (
       SELECT p.*
         FROM attendance_relapseplan p
         JOIN programs_participant record ON record.id = p.participant_id
        WHERE record.id = coalesce(asked.merged_into_id, asked.id)
           OR record.merged_into_id = coalesce(asked.merged_into_id, asked.id)
        ORDER BY p.written_at DESC, p.number DESC, p.id DESC
        LIMIT 1) plan
 WHERE asked.id = ANY(%s)
"""


def plan_percents(participant_pks: Collection[int]) -> dict[int, int]:
    """Return how much of each person's latest plan is filled in, in percent; 0 without a plan.

    One statement. A record that is a duplicate has the plan of the record that is kept.
    """
    found = dict.fromkeys(participant_pks, 0)
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [list(participant_pks)])
        for pk, *are_there in cursor.fetchall():
            found[pk] = Filled(*are_there).percent
    return found
