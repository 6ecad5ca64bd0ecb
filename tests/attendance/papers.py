"""A signed session with people, notes, an amendment and addenda; and its papers, read back."""

from __future__ import annotations

import io

from django.db import transaction
from pypdf import PdfReader

from accounts.models import User
from attendance.models import AttendanceRecord, Presence
from attendance.sheet.states import present
from groups.models import GroupSession
from programs.models import Participant, Program
from tests import build
from tests.build import MONDAY, moment
from tests.build_records import (
    a_group_note,
    a_participant_note,
    an_addendum,
    an_amendment,
    signed_notes,
)


def pages_of(content: bytes) -> list[str]:
    """The words of each page, its lines joined."""
    pages = PdfReader(io.BytesIO(content)).pages
    return [
        " ".join(page.extract_text().replace("\N{NO-BREAK SPACE}", " ").split()) for page in pages
    ]


def words_of(content: bytes) -> str:
    return " ".join(pages_of(content))


def title_of(content: bytes) -> str:
    metadata = PdfReader(io.BytesIO(content)).metadata
    return metadata.title or "" if metadata else ""


def a_member(session: GroupSession, first: str, last: str, **fields: str) -> Participant:
    enrollment = build.an_enrollment(
        session.group.program, build.a_participant(first_name=first, last_name=last, **fields)
    )
    build.a_membership(session.group, enrollment)
    return enrollment.participant


def a_written_session(program: Program, leader: User) -> GroupSession:
    """Monday's session of Amara, Bruno and Zoila: recorded and written, not signed."""
    room = build.a_room(program.site, name="Blue room")
    session = build.a_session(
        build.a_group(program, name="Evening core"), MONDAY, room=room, facilitators=[leader]
    )
    amara = a_member(session, "Amara", "Okoye", preferred_name="Ama", chart_number="C-1")
    bruno = a_member(session, "Bruno", "Vega", chart_number="C-2")
    zoila = a_member(session, "Zoila", "Ñandú", chart_number="C-3")
    build.a_record(session, amara, "09:00-11:45")
    build.a_record(session, bruno, "09:00-10:05", "10:40-12:00")
    AttendanceRecord.objects.create(
        session=session,
        participant=zoila,
        absence="excused",
        notice_at=moment(MONDAY, "08:10"),
        reason="Her child is ill.",
        recorded_at=session.ends_at,
    )
    a_group_note(session, topic="Early signs of a craving", written_by=leader)
    a_participant_note(session, amara, response="Amara named two signs.", written_by=leader)
    a_participant_note(session, bruno, response="Bruno spoke of Sunday.", written_by=leader)
    a_participant_note(
        session,
        zoila,
        participation="",
        plan="",
        contact="reached",
        response="Zoila will come on Wednesday.",
        written_by=leader,
    )
    return session


def sign(session: GroupSession, leader: User) -> None:
    """Sign everything in time; then amend Amara's record, and add to two parts and the group's."""
    build.a_sign_off(session, leader, signed_at=moment(MONDAY, "12:05"))
    signed_notes(
        session,
        leader,
        signed_at=moment(MONDAY, "17:00"),
        due_at=moment("2026-11-24", "12:00"),
        reason="Bruno is named in Amara's part: they are friends.",
    )
    amara = Participant.objects.get(chart_number="C-1")
    amend(session, amara, leader)
    an_addendum(session, participant=amara, text="Amara called back.", written_by=leader)
    bruno = Participant.objects.get(chart_number="C-2")
    an_addendum(session, participant=bruno, text="Bruno found his key.", written_by=leader)
    an_addendum(session, text="The handout was page nine.", written_by=leader)


def amend(
    session: GroupSession,
    who: Participant,
    by: User,
    reason: str = "The clock on the wall was wrong.",
) -> None:
    """Say on Tuesday that they stayed to the end."""
    stay = (moment(MONDAY, "09:00"), moment(MONDAY, "12:00"))
    with transaction.atomic():
        an_amendment(
            session,
            who,
            after=str(present(stay)),
            reason=reason,
            amended_by=by,
            amended_at=moment("2026-11-24", "08:00"),
        )
        stretch = Presence.objects.get(participant=who)
        stretch.left_at = stay[1]
        stretch.save(update_fields=["left_at"])
