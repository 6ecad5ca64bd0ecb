"""A bad line changes nothing, and is told with its file, line, column, value and what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from programs.models import Clinic
from tests.attendance.prairie import edit, problems_of, write

pytestmark = pytest.mark.django_db

P, E, L, G = "participants.csv", "enrollments.csv", "leaves.csv", "groups.csv"
S, M, A, C, T = "schedule.csv", "memberships.csv", "attendance.csv", "curriculum.csv", "lessons.csv"
TOML = "clinic.toml"

# file, what is changed to what, and the line, column, value and words of the one problem
CELLS = [
    (P, "P1,Ada", ",Ada", 2, "chart_number", "", "may not be blank"),
    (P, "P3,Cy,Noor", "P3,,Noor", 4, "first_name", "", "may not be blank"),
    (P, "P3,Cy", f"P3,{'y' * 81}", 4, "first_name", "y" * 81, "at most 80 characters"),
    (P, "1985-02-11", "1985-02-30", 2, "birth_date", "1985-02-30", "a date that exists"),
    (P, "1985-02-11", "02/11/1985", 2, "birth_date", "02/11/1985", "YYYY-MM-DD"),
    (P, "1985-02-11", "20850211", 2, "birth_date", "20850211", "YYYY-MM-DD"),
    (P, "1985-02-11", "9999-12-31", 2, "birth_date", "9999-12-31", "1900 to 2099"),
    (P, "+12125550201", "212-555-0201", 2, "phone", "212-555-0201", "country code"),
    (P, "+12125550201", "+1212555", 2, "phone", "+1212555", "+12125550123"),
    (P, "ada@example.org", "ada@", 2, "email", "ada@", "name@example.org"),
    (P, ",en,", ",fr,", 2, "language", "fr", "one of en, es"),
    (P, "email sms", "email fax", 2, "reminders", "fax", "one of email, sms"),
    (E, "P3,day,", "P9,day,2026-11-02,,,,,\nP3,day,", 5, "chart_number", "P9", "participants.csv"),
    (E, "P1,evening", "P1,night", 2, "program", "night", "one of day, evening"),
    (E, "direct", "walk_in", 2, "admission", "walk_in", "step_down, step_up, direct"),
    (E, "stepped_down", "bored", 3, "discharge_reason", "bored", "completed"),
    (E, "stepped_down", "", 3, "discharge_reason", "", "a date and a reason"),
    (E, "2026-11-06,stepped", ",stepped", 3, "discharged_on", "", "a date and a reason"),
    (E, "2026-11-06", "2026-10-18", 3, "discharged_on", "2026-10-18", "after admitted_on"),
    (E, "2027-01-15", "2026-01-15", 2, "planned_discharge_on", "2026-01-15", "2026-10-19"),
    (E, ",600", ",0", 2, "ordered_minutes", "0", "a whole number from 1"),
    (E, ",600", ",ten", 2, "ordered_minutes", "ten", "a whole number"),
    (E, "P2,day,2026-11-09", "P2,day,2026-11-06", 4, "admitted_on", "2026-11-06", f"{E} line 3"),
    (L, "P1", "P9", 2, "chart_number", "P9", "a chart number of participants.csv"),
    (L, "2026-11-13", "2026-11-11", 2, "last_on", "2026-11-11", "on or after first_on"),
    (L, "family\n", "family\nP1,2026-11-13,,\n", 3, "first_on", "2026-11-13", f"{L} line 2"),
    (G, "evening,Core", "night,Core", 2, "program", "night", "one of day, evening"),
    (G, "Core,process", "Core,chat", 2, "kind", "chat", "process, skills"),
    (G, "closed", "shut", 3, "format", "shut", "open, closed"),
    (G, "closed,8", "closed,0", 3, "capacity", "0", "a whole number from 1"),
    (G, "open,1\n", "open,2\n", 5, "capacity", "2", "individual"),
    (S, "Solo,", "Duo,", 6, "group", "Duo", "one of Core, Noon, Skills, Solo"),
    (S, "Solo,tuesday", "Solo,tues", 6, "weekday", "tues", "monday, tuesday, wednesday"),
    (S, "Solo,tuesday,09:00", "Solo,tuesday,9", 6, "starts", "9", "HH:MM"),
    (S, "09:00,09:50", "09:00,24:00", 6, "ends", "24:00", "00:00 to 23:59"),
    (S, "09:00,09:50", "09:00,09:00", 6, "ends", "09:00", "after starts (09:00)"),
    (S, "Solo,tuesday,09:00,09:50,", "Solo,tuesday,09:00,09:50,09:45", 6, "breaks", "09:45", ";"),
    (S, "12:00,13:30,", "12:00,13:30,11:55-12:05", 5, "breaks", "11:55-12:05", "12:00 and 13:30"),
    (S, "12:00,13:30,", "12:00,13:30,12:20-12:10", 5, "breaks", "12:20-12:10", "ends after"),
    (S, ",,Two,lead", ",,Three,lead", 6, "room", "Three", "(One, Two)"),
    (S, "Two,lead@", "Two,led@", 6, "facilitators", "led@example.org", "[[staff]]"),
    (S, "Two,lead@", "Two,lead", 6, "facilitators", "leadexample.org", "an email address"),
    (S, "2026-12-15", "2026-11-01", 6, "last_on", "2026-11-01", "on or after first_on"),
    (M, "Core,P1", "Choir,P1", 2, "group", "Choir", "one of Core"),
    (M, "Core,P1", "Core,P9", 2, "chart_number", "P9", "a chart number"),
    (M, "2026-11-20", "2026-10-18", 4, "last_on", "2026-10-18", "on or after first_on"),
    (
        M,
        "Solo,P3,2026-11-02,",
        "Solo,P3,2026-10-01,2026-10-31",
        6,
        "last_on",
        "2026-10-31",
        "2026-11-02",
    ),
    (A, "Noon,2026", "Nine,2026", 7, "group", "Nine", "one of Core"),
    (A, "12:00,P3", "12:00,P9", 7, "chart_number", "P9", "a chart number"),
    (A, "Noon,2026-11-08", "Noon,2026-11-09", 7, "date", "2026-11-09", "Noon meets"),
    (A, "2026-11-08,12:00", "2026-11-08,12:30", 7, "starts", "12:30", "on that date: 12:00"),
    (A, "Noon,2026-11-08,12:00", "Core,2026-11-26,17:30", 7, "date", "2026-11-26", "Thanksgiving"),
    (A, "P2,,,excused", "P2,,,ill", 3, "absence", "ill", "excused, unexcused, no_call"),
    (A, "17:25,20:40,", "17:25,20:40,excused", 2, "absence", "excused", "blank"),
    (A, "17:25,20:40,", ",20:40,", 2, "left", "20:40", "arrived"),
    (A, "17:25,20:40,", "17:25,17:20,", 2, "left", "17:20", "not before arrived (17:25)"),
    (A, "17:25,20:40,", "5:25pm,20:40,", 2, "arrived", "5:25pm", "HH:MM"),
    (A, "17:30,P1,18:30,,", "17:30,P1,,,no_call", 5, "absence", "no_call", f"{A} line 4"),
    (
        A,
        "P2,,,\n",
        "P2,,,\nCore,2026-11-02,17:30,P2,,,excused\n",
        7,
        "absence",
        "excused",
        f"{A} line 6",
    ),
    (C, "45,yes", "45,maybe", 2, "required", "maybe", "one of yes, no"),
    (C, "45,yes", "0,yes", 2, "minutes", "0", "a whole number from 1"),
    (C, "day,", "night,DBT,Cravings,Urges,,,\nday,", 5, "program", "night", "one of day, evening"),
    (T, ",TIPP", ",TOPP", 2, "lesson", "TOPP", "curriculum.csv"),
    (T, "Mindfulness,Review", ",Review", 3, "module", "", "Distress tolerance, Mindfulness"),
    (T, "Mindfulness,Review", "Moods,Review", 3, "module", "Moods", "Distress tolerance"),
    (T, "2026-10-26", "2026-10-27", 2, "date", "2026-10-27", "Core meets"),
    (T, "Urge surfing", "TIPP", 4, "lesson", "TIPP", "of the program day"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "column", "value", "words"), CELLS)
def test_a_bad_cell(
    file: str, old: str, new: str, line: int, column: str, value: str, words: str, tmp_path: Path
):
    (problem,) = problems_of(write(tmp_path / "prairie", edit(file, old, new)))
    place = problem.place
    assert (place.file, place.line, problem.column, problem.value) == (file, line, column, value)
    assert words in problem.words
    assert f"{file} line {line}, {column}" in str(problem)
    assert not Clinic.objects.exists()


# what is changed to what, and the table, key, value and words of the one problem
TABLES = [
    ('name = "Prairie"', "", "[clinic]", "name", "", "required"),
    ('name = "Prairie"', "name = 7", "[clinic]", "name", "7", "text in quotes"),
    ('"America/New_York"', '"New York"', '[[sites]] "main"', "timezone", "New York", "IANA"),
    ('"+12125550100"', '"555"', '[[sites]] "main"', "callback_phone", "555", "country code"),
    (
        '"+12125550100"\n',
        '"+12125550100"\nfax = 1\n',
        '[[sites]] "main"',
        "fax",
        "1",
        "reminder_sender",
    ),
    ('code = "main"', 'code = "main st"', '[[sites]] "main st"', "code", "main st", "letters"),
    (
        'name = "Two"\ncapacity = 12',
        'name = "Two"\ncapacity = "12"',
        '[[rooms]] "main" "Two"',
        "capacity",
        "12",
        "without quotes",
    ),
    (
        'name = "Two"\ncapacity = 12',
        'name = "Two"\ncapacity = true',
        '[[rooms]] "main" "Two"',
        "capacity",
        "true",
        "without quotes",
    ),
    ('"second@example.org"', '"second"', '[[staff]] "second"', "email", "second", "an email"),
    (
        'evening = "clinician"',
        'evening = "boss"',
        '[[staff]] "second@example.org"',
        "roles.evening",
        "boss",
        "admissions, clinician",
    ),
    (
        'evening = "clinician"',
        'night = "clinician"',
        '[[staff]] "second@example.org"',
        "roles",
        "night",
        "one of day, evening",
    ),
    (
        '{ evening = "clinician" }',
        '"clinician"',
        '[[staff]] "second@example.org"',
        "roles",
        "clinician",
        "an inline table",
    ),
    (
        '"2.1"\npopulation',
        "2.1\npopulation",
        '[[programs]] "evening"',
        "level_of_care",
        "2.1",
        "in quotes",
    ),
    (
        '"2.1"\npopulation',
        '"IOP"\npopulation',
        '[[programs]] "evening"',
        "level_of_care",
        "IOP",
        "2.1, 2.5",
    ),
    ('"monday"', '"Mon"', '[[programs]] "evening"', "week_starts_on", "Mon", "monday, tuesday"),
    (
        "min_minutes_per_week = 540\n",
        "",
        '[[programs.rules]] "evening" 2026-01-01',
        "min_minutes_per_week",
        "",
        "required",
    ),
    (
        "max_minutes_per_week = 1140",
        "max_minutes_per_week = 60",
        '[[programs.rules]] "evening" 2026-01-01',
        "max_minutes_per_week",
        "60",
        "540",
    ),
    (
        "min_days_per_week = 3",
        "min_days_per_week = 8",
        '[[programs.rules]] "evening" 2026-01-01',
        "min_days_per_week",
        "8",
        "0 to 7",
    ),
    (
        '"net_minutes"',
        '"hours"',
        '[[programs.rules]] "evening" 2026-01-01',
        "count",
        "hours",
        "scheduled_span",
    ),
    (
        '"skills"]',
        '"chat"]',
        '[[programs.rules]] "evening" 2026-01-01',
        "counts",
        "chat",
        "relapse_prevention",
    ),
    (
        '["process", "skills"]',
        "[]",
        '[[programs.rules]] "evening" 2026-01-01',
        "counts",
        "",
        "leave it out",
    ),
    (
        '"Example rule"',
        '"Example rule"\nleave = "maybe"',
        '[[programs.rules]] "evening" 2026-01-01',
        "leave",
        "maybe",
        "exempt, count",
    ),
    (
        "effective_from = 2026-01-01",
        "effective_from = 2026-01-01T00:00:00",
        '[[programs.rules]] "evening" 2026-01-01 00:00:00',
        "effective_from",
        "2026-01-01T00:00:00",
        "YYYY-MM-DD",
    ),
    (
        "last_on = 2026-11-26",
        "last_on = 2026-11-25",
        '[[closures]] "main" "2026-11-26"',
        "last_on",
        "2026-11-25",
        "first_on",
    ),
    (
        "last_on = 2026-11-26",
        'last_on = 2026-11-26\nprogram = "night"',
        '[[closures]] "main" "night" "2026-11-26"',
        "program",
        "night",
        "one of day, evening",
    ),
    (
        '[[closures]]\nsite = "main"',
        '[[closures]]\nsite = "annex"',
        '[[closures]] "annex" "2026-11-26"',
        "site",
        "annex",
        "one of main",
    ),
    ("[clinic]", "[extra]\nx = 1\n[clinic]", "[extra]", "", "", "clinic, sites, rooms"),
]


@pytest.mark.parametrize(("old", "new", "table", "key", "value", "words"), TABLES)
def test_a_bad_key_of_clinic_toml(
    old: str, new: str, table: str, key: str, value: str, words: str, tmp_path: Path
):
    (problem,) = problems_of(write(tmp_path / "prairie", edit(TOML, old, new)))
    place = problem.place
    assert (place.file, place.table, problem.column, problem.value) == (TOML, table, key, value)
    assert words in problem.words
    assert f"{TOML} {table}" in str(problem)
    assert not Clinic.objects.exists()
