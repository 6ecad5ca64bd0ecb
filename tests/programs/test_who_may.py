"""The table in code says what the table in the design says, line by line and role by role."""

from __future__ import annotations

import pytest

from programs.models import Role
from programs.who_may import WHO_MAY, Scope

# Written as people read it. A dash: may not.
DESIGN = """
|                                            | admissions | facilitator                    | clinician                  | director                   | billing      |
| participants, contacts, enroll, discharge  | edit       | own sessions' people, name only | read                      | edit                       | name only    |
| schedule groups                            | read       | read own                       | edit                       | edit                       | read         |
| mark attendance                            | –          | own sessions                   | program's sessions         | program's sessions         | –            |
| sign a session                             | –          | own sessions                   | as substitute, with reason | as substitute, with reason | –            |
| amend a signed record                      | –          | own, with reason               | own, with reason           | any, with reason           | –            |
| check-ins and notes                        | –          | own sessions                   | program's                  | program's                  | –            |
| curriculum                                 | read       | read                           | edit                       | edit                       | –            |
| plan of care, orders, goals                | read       | –                              | edit                       | edit                       | –            |
| make-up seats                              | book       | –                              | book                       | book                       | –            |
| weekly hours                               | read       | own people                     | read                       | edit rules                 | read, export |
| authorizations                             | edit       | –                              | read                       | edit                       | edit, export |
| reminders                                  | manage     | own messages                   | own messages               | manage                     | –            |
| programs, sites, rooms                     | –          | –                              | –                          | edit                       | –            |
| audit trail, exceptions, staff             | –          | –                              | –                          | read, manage               | –            |
| members and waiting list of a group        | edit       | –                              | edit                       | edit                       | –            |
| own calendar address                       | own        | own                            | own                        | own                        | own          |
| two records of one person, discharge undone | –         | –                              | –                          | settle                     | –            |
| census as a file                           | take       | –                              | –                          | take                       | –            |
| clinic folder in the browser               | –          | –                              | –                          | import                     | –            |
| closing a week                             | –          | –                              | –                          | close                      | –            |
| alerts: to whom, until when                | manage     | –                              | manage                     | manage                     | –            |
| the week in numbers                        | –          | –                              | –                          | own                        | –            |
| packet for a utilization review            | –          | –                              | take                       | take                       | take         |
| co-signature under notes                   | –          | –                              | give                       | give                       | –            |
| what one is told                            | own        | own                            | own                        | own                        | own          |
| health of the clock and the queue          | –          | –                              | –                          | read                       | –            |
| what a curriculum requires                 | –          | –                              | –                          | edit                       | –            |
| what a session taught                      | –          | own sessions                   | program's                  | program's                  | –            |
| who has received which lesson              | program's  | own sessions' people           | program's                  | program's                  | –            |
| a lesson waived, a certificate             | –          | –                              | give                       | give                       | –            |
| relapse prevention plan, skills diary      | –          | own sessions' people           | program's                  | program's                  | –            |
| getting back in touch                      | program's  | own sessions' people           | program's                  | program's                  | –            |
| a record opened in an emergency            | open       | open                           | open                       | open, review               | –            |
| what left the clinic about whom            | read       | –                              | –                          | read                       | –            |
| whole record taken out, retention and holds | –         | –                              | –                          | manage                     | –            |
"""  # noqa: E501

# What the words of each line mean in code: the actions, and how far each reaches.
ALL, OWN = Scope.PROGRAM, Scope.OWN
MEANING: dict[str, dict[str, dict[str, Scope]]] = {
    "participants, contacts, enroll, discharge": {
        "edit": {"participants.name": ALL, "participants.read": ALL, "participants.edit": ALL},
        "read": {"participants.name": ALL, "participants.read": ALL},
        "name only": {"participants.name": ALL},
        "own sessions' people, name only": {"participants.name": OWN},
    },
    "schedule groups": {
        "edit": {"groups.read": ALL, "groups.edit": ALL, "closures.edit": ALL},
        "read": {"groups.read": ALL},
        "read own": {"groups.read": OWN},
    },
    "mark attendance": {
        "own sessions": {"attendance.mark": OWN},
        "program's sessions": {"attendance.mark": ALL},
    },
    "sign a session": {
        "own sessions": {"attendance.sign": OWN},
        "as substitute, with reason": {"attendance.sign_as_substitute": ALL},
    },
    "amend a signed record": {
        "own, with reason": {"attendance.amend": OWN},
        "any, with reason": {"attendance.amend": ALL},
    },
    "check-ins and notes": {
        "own sessions": {"notes.write": OWN, "notes.read": OWN},
        "program's": {"notes.write": ALL, "notes.read": ALL},
    },
    "co-signature under notes": {"give": {"notes.cosign": ALL}},
    "getting back in touch": {
        "own sessions' people": {"outreach.manage": OWN},
        "program's": {"outreach.manage": ALL},
    },
    "curriculum": {
        "edit": {"curriculum.read": ALL, "curriculum.edit": ALL},
        "read": {"curriculum.read": ALL},
    },
    "plan of care, orders, goals": {
        "edit": {"orders.read": ALL, "orders.edit": ALL},
        "read": {"orders.read": ALL},
    },
    "make-up seats": {"book": {"makeup.book": ALL}},
    "weekly hours": {
        "read": {"hours.read": ALL},
        "own people": {"hours.read": OWN},
        "read, export": {"hours.read": ALL, "hours.export": ALL},
        # Who writes the rules may also take the rows they lead to away as a file.
        "edit rules": {"hours.read": ALL, "hours.export": ALL, "rules.edit": ALL},
    },
    "authorizations": {
        "edit": {"authorizations.read": ALL, "authorizations.edit": ALL},
        "edit, export": {"authorizations.read": ALL, "authorizations.edit": ALL},
        "read": {"authorizations.read": ALL},
    },
    "what one is told": {"own": {"notices.own": OWN}},
    "health of the clock and the queue": {"read": {"health.read": ALL}},
    "reminders": {"manage": {"reminders.manage": ALL}, "own messages": {"reminders.own": OWN}},
    "programs, sites, rooms": {"edit": {"programs.edit": ALL}},
    "a record opened in an emergency": {
        "open": {"emergency.open": ALL},
        "open, review": {"emergency.open": ALL, "emergency.review": ALL},
    },
    "what left the clinic about whom": {"read": {"disclosures.read": ALL}},
    "whole record taken out, retention and holds": {
        "manage": {"records.export": ALL, "retention.manage": ALL}
    },
    "audit trail, exceptions, staff": {"read, manage": {"audit.read": ALL, "staff.manage": ALL}},
    # What the calendar added to the design's table.
    "members and waiting list of a group": {"edit": {"memberships.edit": ALL}},
    "own calendar address": {"own": {"feeds.own": OWN}},
    # What the episodes of care added.
    "two records of one person, discharge undone": {
        "settle": {"participants.merge": ALL, "discharge.reverse": ALL}
    },
    "census as a file": {"take": {"census.export": ALL}},
    "clinic folder in the browser": {"import": {"clinic.import": ALL}},
    # What the weekly hours added.
    "closing a week": {"close": {"weeks.close": ALL}},
    "alerts: to whom, until when": {"manage": {"alerts.manage": ALL}},
    "the week in numbers": {"own": {"digests.own": OWN}},
    "packet for a utilization review": {"take": {"authorizations.packet": ALL}},
    # What the curriculum added.
    "what a curriculum requires": {"edit": {"curriculum.require": ALL}},
    "what a session taught": {
        "own sessions": {"teaching.confirm": OWN},
        "program's": {"teaching.confirm": ALL},
    },
    "who has received which lesson": {
        "own sessions' people": {"coverage.read": OWN},
        "program's": {"coverage.read": ALL},
    },
    "a lesson waived, a certificate": {"give": {"lessons.waive": ALL, "certificates.issue": ALL}},
    "relapse prevention plan, skills diary": {
        "own sessions' people": {"relapse_plans.edit": OWN, "diaries.edit": OWN},
        "program's": {"relapse_plans.edit": ALL, "diaries.edit": ALL},
    },
}


def design() -> dict[str, dict[Role, str]]:
    """Return the table's lines: what each role may, in the design's words."""
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in DESIGN.strip().splitlines()
    ]
    roles = [Role(name) for name in lines[0][1:]]
    return {name: dict(zip(roles, cells, strict=True)) for name, *cells in lines[1:]}


@pytest.mark.parametrize("line", MEANING)
@pytest.mark.parametrize("role", Role)
def test_the_code_says_what_the_design_says(line: str, role: Role):
    words = design()[line][role]
    meant = {} if words == "–" else MEANING[line][words]
    of_this_line = {action for meaning in MEANING[line].values() for action in meaning}
    assert {
        action: WHO_MAY[action][role] for action in of_this_line if role in WHO_MAY[action]
    } == meant


def test_each_line_is_in_both():
    assert set(design()) == set(MEANING)
    assert set(WHO_MAY) == {
        action for line in MEANING.values() for meaning in line.values() for action in meaning
    }


def test_every_word_of_the_meaning_is_used():
    used = {name: set(cells.values()) - {"–"} for name, cells in design().items()}
    assert used == {name: set(words) for name, words in MEANING.items()}
