"""From the first call to the last follow-up, every page: on a phone in light, on a desk in dark."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from attendance.models import ClinicUpload
from groups.actions import generate_sessions
from groups.models import TherapyGroup
from programs.models import (
    Agreement,
    Authorization,
    Certification,
    DuplicateReport,
    Enrollment,
    EnrollmentDraft,
    FollowUp,
    Goal,
    Leave,
    LevelOfCare,
    Program,
    Referral,
    Role,
)
from programs.weeks import local_date
from tests import build, build_episodes
from tests.browser.looks import assert_looks_right

LOOKS = ((390, "light"), (1440, "dark"))


@dataclass(frozen=True)
class Clinic:
    """A program in the middle of its work; Amara is there, Bruno is away, Dana has left."""

    program: Program
    today: date
    amara: Enrollment
    bruno: Enrollment
    cyd: Enrollment
    dana: Enrollment

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)


@pytest.fixture
def clinic_at_work(program: Program, director: User, facilitator: User) -> Clinic:
    """Return a program with everything that an episode of care can have."""
    with transaction.atomic():
        clinic = _clinic(program)
        _enrolled(clinic, facilitator)
        _papers(clinic)
        _signed(clinic, director)
        _calls(clinic, director)
        _after(clinic, director)
        _uploads(director)
    return clinic


def _clinic(program: Program) -> Clinic:
    today = local_date(timezone.now(), program.zone)

    def enrolled(first: str, last: str, days: int, **fields) -> Enrollment:
        person = build.a_participant(first_name=first, last_name=last, **fields)
        admitted_on = today + timedelta(days=days)
        return build.an_enrollment(
            program,
            person,
            admitted_on=admitted_on,
            planned_discharge_on=admitted_on + timedelta(weeks=9),
            **({"admission": "step_down", "came_from": "residential"} if days < -30 else {}),
        )

    amara = enrolled(
        "Amara",
        "Okoye",
        -40,
        preferred_name="Mara",
        pronouns="she/her",
        birth_date="1988-04-17",
        phone="+14025550142",
        email="amara.okoye@example.org",
        emergency_name="Chidi Okoye",
        emergency_relationship="Brother",
        emergency_phone="+14025550199",
        safe_contact="Never leave a message with her husband; a text is safe.",
    )
    others = [
        enrolled(*each)
        for each in (("Bruno", "Vega", -21), ("Cyd", "Lund", 7), ("Dana", "Whitfield-Ramos", -35))
    ]
    return Clinic(program, today, amara, *others)


def _enrolled(clinic: Clinic, facilitator: User) -> None:
    """Give them groups with sessions, a leave, and a place to go on to."""
    program = clinic.program
    build.a_rule(program, effective_from="2020-01-01")
    process = build.a_group(program, name="Process B", kind="process", capacity=8)
    skills = build.a_group(program, name="Relapse prevention", kind="skills", capacity=12)
    since = clinic.day(-42)
    for weekday in (0, 2, 3):
        build.a_pattern(
            process, "17:30", "20:30", weekday=weekday, first_on=since, facilitators=[facilitator]
        )
    build.a_pattern(skills, "18:00", "20:00", weekday=1, first_on=since)
    for enrollment in (clinic.amara, clinic.bruno, clinic.cyd):
        build.a_membership(process, enrollment)
    build.a_membership(skills, clinic.amara)
    generate_sessions(now=timezone.now(), by=None, program=program)
    build.a_leave(
        clinic.bruno.participant, clinic.day(-3), clinic.day(11), reason="Family in Texas"
    )
    TherapyGroup.objects.filter(pk=skills.pk).update(capacity=1)


def _papers(clinic: Clinic) -> None:
    """Put orders, goals, what was signed and what a payer approved on Amara's record."""
    amara, day = clinic.amara, clinic.day
    build.an_order(amara, 720)
    build.an_order(amara, 540, effective_from=day(-5), days_per_week=3)
    build_episodes.a_goal(amara, set_on=day(-38), target_on=day(20))
    build_episodes.a_goal(
        amara,
        text="Say no once a week, and tell the group about it.",
        set_on=day(-38),
        outcome="met",
        ended_on=day(-4),
    )
    build_episodes.a_certification(amara, signed_on=day(-40), due_on=day(20))
    build_episodes.a_determination(
        amara, determined_on=day(-40), dimension_1=0, dimension_2=1, dimension_3=2
    )
    build_episodes.an_authorization(amara, first_on=day(-40), last_on=day(9), approved_units=20)
    build_episodes.an_authorization(
        amara,
        number="",
        status="pending",
        first_on=day(10),
        last_on=day(38),
        requested_units=12,
        approved_units=None,
    )


def _signed(clinic: Clinic, director: User) -> None:
    """Let Amara agree to some things, and take one back."""
    person, day, now = clinic.amara.participant, clinic.day, timezone.now()
    ago = now - timedelta(days=40)
    build_episodes.a_consent(person, given_at=ago, taken_by=director)
    build_episodes.a_consent(person, channel="sms", taken_how="phone", given_at=ago)
    build_episodes.a_consent(
        person,
        channel="email",
        purpose="follow_up",
        given_at=ago,
        withdrawn_at=now,
        withdrawn_how="phone",
    )
    scan = build_episodes.a_document(
        person, name="Program agreement", kind="agreement", uploaded_at=ago
    )
    build_episodes.an_agreement(person, given_on=day(-40), document=scan)
    build_episodes.a_release(person, given_on=day(-30), expires_on=day(200))
    build_episodes.a_release(
        person,
        given_on=day(-30),
        recipient="Chidi Okoye",
        expires_on=day(200),
        revoked_at=now,
        revoked_how="in_person",
    )
    build_episodes.a_document(person, uploaded_at=ago)


def _calls(clinic: Clinic, director: User) -> None:
    """Two who called, one of whom waits; a draft; somebody who may be on record already."""
    program, day = clinic.program, clinic.day
    leila = build.a_participant(
        first_name="Leila", last_name="Farah", phone="+14025550177", birth_date="1990-03-09"
    )
    build_episodes.a_referral(program, leila, referred_on=day(-2), source="residential")
    gus = build.a_participant(first_name="Gus", last_name="Lindqvist")
    build_episodes.a_referral(program, gus, status="waitlisted", referred_on=day(-9))
    draft = build_episodes.a_draft(program, director, kept_at=timezone.now())
    answers = {
        "proposed_id": [str(draft.public_id)],
        "first_name": ["Noor"],
        "last_name": ["Haddad"],
        "chart_number": ["C-9001"],
        "admission": ["direct"],
        "ordered_hours": ["9"],
    }
    EnrollmentDraft.objects.filter(pk=draft.pk).update(answers=json.dumps(answers))
    again = build.a_participant(first_name="Amarah", last_name="Okoye", birth_date="1988-04-17")
    build_episodes.a_referral(program, again, referred_on=day(-1), source="hospital")
    build_episodes.a_duplicate_report(
        program=program, entered=again, known=clinic.amara.participant, reported_at=timezone.now()
    )


def _after(clinic: Clinic, director: User) -> None:
    """Discharge Dana, who was called once and is to be called again; open a second program."""
    day = clinic.day
    higher = build.a_program(clinic.program.site, name="Day PHP", level_of_care=LevelOfCare.PHP)
    build.an_assignment(director, higher, Role.DIRECTOR)
    build.a_group(higher, name="Morning core", kind="process")
    Enrollment.objects.filter(pk=clinic.dana.pk).update(
        discharged_on=day(-12), discharge_reason="completed", destination="outpatient"
    )
    clinic.dana.refresh_from_db()
    build_episodes.a_follow_up(
        clinic.dana, due_on=day(-5), outcome="reached", done_at=timezone.now(), note="Doing well."
    )
    build_episodes.a_follow_up(clinic.dana, days=30, due_on=day(-1))
    build_episodes.a_follow_up(clinic.dana, days=90, due_on=day(78))


def _uploads(director: User) -> None:
    """One folder with mistakes in it, and one that is ready."""
    problems = [
        ("participants.csv", "14", "birth_date", "31.02.1990", "this is no date; write 1990-02-28"),
        ("enrollments.csv", "3", "program", "evning", "no program has this code"),
        ("leaves.csv", "1", "", "", "this column, which is missing from the first line: first_on"),
    ]
    names = ("file", "place", "column", "value", "words")
    kept = json.dumps([dict(zip(names, each, strict=True)) for each in problems])
    now = timezone.now()
    stored = {"uploaded_by": director, "uploaded_at": now, "size_bytes": 18_400}
    ClinicUpload.objects.create(
        **stored, stored_name="a" * 32, status="wrong", problems=kept, problem_count=3
    )
    counts = {
        "participants": {"created": 24, "updated": 3, "unchanged": 61},
        "enrollments": {"created": 22, "updated": 0, "unchanged": 64},
    }
    ClinicUpload.objects.create(**stored, stored_name="b" * 32, status="ready", counts=counts)


class Addresses:
    """The addresses of the pages, by a name for each."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic

    def of_program(self, view: str, *rows: Any) -> str:
        return reverse(view, args=[each.public_id for each in (self.clinic.program, *rows)])

    def all(self) -> dict[str, str]:
        parts = (self.coming(), self.person(), self.plan(), self.agreements(), self.episodes())
        return {name: address for part in parts for name, address in part.items()}

    def coming(self) -> dict[str, str]:
        """Return the pages of the program: the ways in, the census, and what is sent in."""
        here, wrong, ready = self.of_program, *ClinicUpload.objects.order_by("-status")
        return {
            "people": here("people:people"),
            "referrals": here("referrals:referrals"),
            "new-call": here("referrals:new"),
            "decline": here("referrals:decline", Referral.objects.earliest("referred_on")),
            "enroll": here("enroll:enroll"),
            "draft": here("enroll:draft", EnrollmentDraft.objects.get()),
            "duplicates": here("merging:duplicates"),
            "census": here("census:census"),
            "census-ahead": here("census:census") + f"?on={self.clinic.day(9):%Y-%m-%d}",
            "follow-ups": here("episodes:follow_ups"),
            "follow-up": here("episodes:follow_up", FollowUp.objects.get(days=30)),
            "uploads": here("uploads:uploads"),
            "upload-wrong": here("uploads:upload", wrong),
            "upload-ready": here("uploads:upload", ready),
        }

    def person(self) -> dict[str, str]:
        """Return the pages about who Amara is, and what a payer approved."""
        amara, here = self.clinic.amara, self.of_program
        person, other = amara.participant, DuplicateReport.objects.get().entered
        approved = Authorization.objects.get(status="approved")
        return {
            "profile": here("profile:profile", person),
            "profile-edit": here("profile:edit", person),
            "also": here("merging:also", person),
            "merge": here("merging:merge", person, other),
            "authorizations": here("authorizations:authorizations", person),
            "new-authorization": here("authorizations:new_authorization", person, amara),
            "authorization": here("authorizations:authorization", person, amara, approved),
        }

    def plan(self) -> dict[str, str]:
        """Return Amara's plan of care and its forms."""
        keys = (self.clinic.amara.participant, self.clinic.amara)
        goal, signed = Goal.objects.get(outcome=""), Certification.objects.get()
        forms = ("new_order", "new_goal", "new_certification", "new_determination", "admission")
        return {
            "plan": self.of_program("plan:plan", keys[0]),
            **{f"plan-{form}": self.of_program(f"plan:{form}", *keys) for form in forms},
            "close-goal": self.of_program("plan:close_goal", *keys, goal),
            "withdraw-certification": self.of_program("plan:withdraw_certification", *keys, signed),
        }

    def agreements(self) -> dict[str, str]:
        """Return what Amara agreed to, and the forms of it."""
        person, here = self.clinic.amara.participant, self.of_program
        release = Agreement.objects.get(kind="release", revoked_at=None)
        forms = ("new_program", "new_telehealth", "new_release", "new_document")
        return {
            "agreements": here("agreements:agreements", person),
            "give": here("agreements:give", person) + "?channel=email",
            "withdraw": here("agreements:withdraw", person) + "?channel=sms",
            **{f"agreement-{form}": here(f"agreements:{form}", person) for form in forms},
            "revoke": here("agreements:revoke", person, release),
            "withdraw-document": here(
                "agreements:withdraw_document", person, person.documents.get(kind="referral")
            ),
        }

    def episodes(self) -> dict[str, str]:
        """Return the episode of each of them, and what changes it."""
        clinic, here = self.clinic, self.of_program
        leave = Leave.objects.get()
        of_amara = ("discharge", "transfer", "step_up", "begin_leave")
        of_cyd, of_bruno = ("put_off", "call_off"), ("end_leave", "extend_leave")
        return {
            "episode-active": here("episodes:episode", clinic.amara.participant),
            "episode-away": here("episodes:episode", clinic.bruno.participant),
            "episode-to-come": here("episodes:episode", clinic.cyd.participant),
            "episode-gone": here("episodes:episode", clinic.dana.participant),
            "reverse": here("episodes:reverse", clinic.dana),
            **{each: here(f"episodes:{each}", clinic.amara) for each in of_amara},
            **{each: here(f"episodes:{each}", clinic.cyd) for each in of_cyd},
            **{each: here(f"episodes:{each}", clinic.bruno, leave) for each in of_bruno},
        }


def test_every_page(open_context, sign_in_to, director, clinic_at_work):
    context = open_context(reduced_motion="reduce")  # axe would measure a color on its way
    sign_in_to(context, director)
    page = context.new_page()
    for name, address in Addresses(clinic_at_work).all().items():
        page.goto(address)
        assert page.locator(".page-head").count() == 1, name
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert_looks_right(page, f"{name}, {width} px, {scheme}")
