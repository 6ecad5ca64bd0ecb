"""What hangs on the people of a part: their care, their notes, and what was said about them."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from accounts.models import User
from hours.models import Certificate
from programs.agreements.files import write_file
from programs.models import DisclosedPerson, Disclosure, EmergencyAccess, LegalHold
from tests import build, build_episodes, build_hours, build_records, build_reminders
from tests import build_curriculum as taught
from tests.walking.furnishing import Part


def care_for(part: Part, director: User) -> None:
    """Make every row about people; `part` has its groups already."""
    _plan_of_care(part)
    _agreements(part)
    _other_episodes(part)
    _other_records(part)
    _notes(part)
    _follow_up(part)
    _messages(part)
    _trust(part, director)


def _plan_of_care(part: Part) -> None:
    rows, marks, episode = part.rows, part.marks, part.rows["enrollment"]
    build.an_order(episode)
    rows["goal"] = build_episodes.a_goal(episode, text=marks.remark)
    rows["closed_goal"] = build_episodes.a_goal(
        episode, text=marks.remark, set_on=part.day(-20), ended_on=part.day(-1), outcome="met"
    )
    rows["certification"] = build_episodes.a_certification(
        episode, signed_on=part.day(-21), due_on=part.day(39)
    )
    rows["determination"] = build_episodes.a_determination(episode, determined_on=part.day(-21))
    rows["authorization"] = build_episodes.an_authorization(
        episode,
        first_on=part.day(-21),
        last_on=part.day(30),
        entered_at=part.now,
        member_id="M-1",
        note=marks.remark,
    )


def _agreements(part: Part) -> None:
    rows, person, marks = part.rows, part.rows["participant"], part.marks
    rows["agreement"] = build_episodes.a_release(
        person, given_on=part.day(-20), expires_on=part.day(300), scope=marks.remark
    )
    paper = b"%PDF-1.4 a paper of " + marks.word.encode()
    rows["document"] = build_episodes.a_document(
        person,
        name=marks.remark,
        uploaded_at=part.now,
        stored_name=write_file(paper),
        size_bytes=len(paper),
        sha256=sha256(paper).hexdigest(),
    )


def _other_episodes(part: Part) -> None:
    """Somebody discharged, somebody yet to come, and somebody on leave or about to be."""
    rows, marks = part.rows, part.marks
    rows["discharged"] = part.an_episode(
        "d", discharged_on=part.day(-7), discharge_reason="completed", destination="home"
    )
    build.a_membership(
        rows["group"], rows["discharged"], first_on=part.day(-21), last_on=part.day(-7)
    )
    rows["follow_up"] = build_episodes.a_follow_up(
        rows["discharged"], due_on=part.day(0), note=marks.remark
    )
    rows["certified"] = part.an_episode("c")
    build.a_membership(rows["group"], rows["certified"])
    rows["certificate"] = _a_certificate(part)
    rows["to_come"] = part.an_episode("n", admitted_on=part.day(7))
    rows["away"] = part.an_episode("l")
    away = rows["away"].participant
    rows["leave"] = build.a_leave(away, part.day(-1), part.day(5), reason=marks.remark)
    rows["coming_leave"] = build.a_leave(away, part.day(10), part.day(12), reason=marks.remark)


def _a_certificate(part: Part) -> Certificate:
    director = part.leaders[0]
    return Certificate.objects.create(
        enrollment=part.rows["certified"],
        completed_on=part.day(-7),
        issued_by=director,
        issued_at=part.now,
    )


def _other_records(part: Part) -> None:
    """A record like another, one that is part of another, a first call, a draft, an upload."""
    rows, program, marks = part.rows, part.program, part.marks
    rows["other_person"] = part.an_episode("o").participant
    rows["duplicate"] = part.a_person("p")
    build.an_enrollment(
        program,
        rows["duplicate"],
        admitted_on=part.day(-90),
        discharged_on=part.day(-80),
        discharge_reason="moved",
    )
    rows["duplicate"].merged_into = rows["participant"]
    rows["duplicate"].merged_at, rows["duplicate"].merged_by = part.now, part.leaders[0]
    rows["duplicate"].save()
    rows["report"] = build_episodes.a_duplicate_report(
        program=program,
        entered=part.a_person("q"),
        known=rows["other_person"],
        reported_at=part.now,
        reported_by=part.leaders[0],
    )
    rows["referral"] = build_episodes.a_referral(
        program, part.a_person("r"), referred_on=part.day(-1), note=marks.remark
    )


def _notes(part: Part) -> None:
    """Notes that wait, notes that are signed, and a check-in that alarms."""
    rows, marks, person, leader = part.rows, part.marks, part.rows["participant"], part.leaders[0]
    for name in ("signed", "noted", "to_cosign"):
        build.a_sign_off(rows[name], leader)
    for name in ("unsigned", "signed", "noted", "to_cosign"):
        written = {"written_by": leader, "written_at": rows[name].ends_at}
        build_records.a_group_note(rows[name], topic=marks.note, intervention=marks.note, **written)
        build_records.a_participant_note(
            rows[name], person, response=marks.note, plan=marks.note, **written
        )
    for name, is_needed in (("noted", False), ("to_cosign", True)):
        ends = rows[name].ends_at
        build_records.signed_notes(
            rows[name],
            leader,
            signed_at=ends,
            due_at=ends + timedelta(days=1),
            is_cosignature_needed=is_needed,
        )
    build_records.an_addendum(
        rows["noted"], text=marks.note, reason=marks.note, written_by=leader, written_at=part.now
    )
    check_in = build_records.a_check_in(
        rows["session"],
        person,
        safety="yes",
        used_since="yes",
        setback=marks.safety,
        went_well=marks.note,
        skill=marks.note,
        entered_by=leader,
        taken_at=part.now,
    )
    rows["safety_alert"] = build_records.a_safety_alert(check_in, raised_at=part.now)


def _follow_up(part: Part) -> None:
    """What the weeks ask for: outreach, an alert, a seat; and what somebody works on."""
    rows, marks, episode = part.rows, part.marks, part.rows["enrollment"]
    leader = part.leaders[0]
    rows["outreach"] = build_records.an_outreach(
        episode, rows["signed"], owned_by=leader, opened_at=part.now, due_at=part.now
    )
    build_records.an_attempt(
        rows["outreach"],
        note=marks.remark,
        tried_at=part.ago(hours=1),
        entered_at=part.now,
        entered_by=leader,
    )
    week = part.program.week_of(part.today)
    rows["alert"] = build_hours.an_alert(
        episode, week_on=week.first_on, opened_at=part.now, updated_at=part.now
    )
    rows["snoozed_alert"] = build_hours.an_alert(
        episode,
        week_on=week.first_on,
        kind="days_short",
        opened_at=part.now,
        updated_at=part.now,
        snooze_ends_on=part.day(2),
        snooze_reason=marks.remark,
        snoozed_by=leader,
    )
    rows["seat"] = build.a_make_up_seat(rows["elsewhere"], episode, booked_at=part.now)
    rows["skill_use"] = taught.a_skill_use(
        episode, used_on=part.day(-1), words=marks.note, entered_by=leader
    )
    rows["relapse_plan"] = taught.a_relapse_plan(
        rows["participant"], reasons=marks.note, emergency=marks.note, written_by=leader
    )


def _messages(part: Part) -> None:
    rows, person = part.rows, part.rows["participant"]
    rows["reminder"] = build_reminders.a_sent_reminder(
        person, part.program, for_on=part.day(3), due_at=part.ago(hours=1)
    )
    rows["reply"] = build_reminders.a_reply(
        person,
        part.program,
        text=part.marks.remark,
        sender=f"+1312{part.marks.phone}",
        received_at=part.now,
    )


def _trust(part: Part, director: User) -> None:
    """What left the house, who opened a record in an emergency, and what must be kept."""
    rows, marks, person = part.rows, part.marks, part.rows["participant"]
    rows["disclosure"] = Disclosure.objects.create(
        program=part.program,
        by=director,
        what="census:csv",
        path="/census/",
        recipient="own",
        purpose=marks.remark,
        basis="internal",
        stated_at=part.ago(hours=2),
    )
    DisclosedPerson.objects.create(disclosure=rows["disclosure"], participant=person)
    rows["hold"] = LegalHold.objects.create(
        participant=person, reason=marks.remark, placed_on=part.day(-1), placed_by=director
    )
    rows["finished_access"] = EmergencyAccess.objects.create(
        program=part.program,
        participant=person,
        user=part.leaders[0],
        reason=marks.remark,
        started_at=part.ago(hours=5),
        ends_at=part.ago(hours=4),
    )
