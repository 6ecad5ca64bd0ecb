"""Thousands of people at once, for what must stay fast."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from programs.models import Program

# Common names and rarer ones, some of them double; each tenth person has a preferred name.
PEOPLE = """
    INSERT INTO programs_participant
        (public_id, chart_number, first_name, last_name, preferred_name, birth_date, pronouns,
         phone, other_phone, email, language, timezone, emergency_name, emergency_relationship,
         emergency_phone, safe_contact)
    SELECT gen_random_uuid(), 'B-' || lpad(n::text, 6, '0'),
           (ARRAY['Mary', 'José', 'Linda', 'Keisha', 'Sarah', 'Luis', 'Minh', 'Aisha', 'Rob',
                  'Daniel', 'Olga', 'Priya', 'Thomas', 'Rosa', 'Ahmed', 'Wei',
                  'Noor'])[1 + n %% 17],
           CASE WHEN n %% 500 = 0 THEN 'Johnson' ELSE
           (ARRAY['Ber', 'Wal', 'Gon', 'Mar', 'Nel', 'Har', 'Ros', 'Kov', 'Jen', 'Tor', 'Oka',
                  'San', 'Fitz'])[1 + n %% 13]
           || (ARRAY['a', 'e', 'i', 'o', 'ing', 'er', 'an'])[1 + n / 13 %% 7]
           || (ARRAY['son', 'ton', 'ez', 'ski', 'man', 'well', 'field', 'berg', 'ley', 'do',
                     'quist'])[1 + n / 91 %% 11]
           || CASE WHEN n %% 9 = 0 THEN ' García' ELSE '' END END,
           CASE WHEN n %% 10 = 0 THEN 'Sunny' ELSE '' END,
           date '1950-01-01' + n %% 18000, '', '', '', '', 'en', '', '', '', '', ''
      FROM generate_series(1, %s) n
"""
EPISODES = """
    INSERT INTO programs_enrollment
        (public_id, participant_id, program_id, admitted_on, admission, came_from,
         discharge_reason, destination)
    SELECT gen_random_uuid(), id, %s, '2026-01-05', 'direct', '', '', ''
      FROM programs_participant WHERE chart_number LIKE 'B-%%'
"""


def many_people(count: int, program: Program | None = None) -> None:
    """Add so many people, all enrolled in the program if one is given; one of 500 is a Johnson."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [count])
        if program:
            cursor.execute(EPISODES, [program.pk])
    know_the_tables()


def know_the_tables() -> None:
    """Do what the database does by itself after a while: put new rows into place, and count."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE programs_participant, programs_enrollment, programs_referral")
        cursor.execute("SELECT gin_clean_pending_list('participant_names')")
        cursor.execute(f"SET ROLE {settings.APP_ROLE}")
