"""A notice to staff goes out once, through a real mail server, and its outcome is on record."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import Language, Role
from reminders import tasks
from reminders.mail import MailLine
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.actions import send_notice
from reminders.notices.links import OF_A_PROGRAM, OF_ONE, link_of
from reminders.notices.wording import WORDS, notice_letter
from tests import build
from tests.build import NOW
from tests.build_records import a_staff_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(program) -> User:
    return build.a_colleague(program, Role.FACILITATOR, email="fay@clinic.example")


@pytest.fixture
def notice(program, reader) -> StaffNotice:
    return a_staff_notice(program, user=reader, kind="sign")


def sweep(now=NOW) -> None:
    """What the task does each minute, at a given moment."""
    with MailLine() as line:
        for pk in list(StaffNotice.objects.due(now).values_list("pk", flat=True)):
            send_notice(notice_id=pk, now=now, by=None, line=line)


def test_what_arrives(notice, program, smtp, settings):
    settings.SITE_URL = "https://desk.example"
    sweep()
    message = smtp.messages[0]
    assert message["From"] == "Appointment desk <reminders@desk.example>"
    assert message["To"] == "fay@clinic.example"
    assert message["Subject"] == "Something waits for you / Algo espera su atención"
    assert message["Message-ID"] == f"<{notice.public_id}@desk.example>"
    assert message.get_content().splitlines() == [
        "Something in your clinic's software waits for you: attendance not signed.",
        "",
        "Algo en el sistema de su clínica espera su atención: asistencia sin firmar.",
        "",
        f"https://desk.example/sheet/{program.public_id}/{notice.about}/",
    ]


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_each_kind_says_what_and_where_and_nothing_else(kind, program, reader, smtp):
    group = build.a_group(program, name="Opioid recovery")
    session = build.a_session(group, facilitators=[reader])
    notice = a_staff_notice(program, user=reader, kind=kind, about=session.public_id)
    letter = notice_letter(kind, url=link_of(notice), site=program.site)
    for words in WORDS.values():
        assert words.kinds[kind] in letter.body
    assert len({words.kinds[kind] for words in WORDS.values()}) == len(Language.values)
    said = f"{letter.subject} {letter.body} {letter.sender}"
    secret = (group.name, program.name, program.code, program.site.name, "Prairie", reader.name)
    assert not [word for word in secret if word in said]
    sweep()
    assert StaffNotice.objects.get().status == "sent"


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_it_leads_to_a_page_by_public_ids(kind, program, reader, settings):
    notice = a_staff_notice(program, user=reader, kind=kind, about=uuid.uuid4())
    link = link_of(notice)
    assert link.startswith(f"{settings.SITE_URL}/")
    assert str(program.public_id) in link
    assert (str(notice.about) in link) == (kind in OF_ONE)


def test_every_kind_has_its_words_and_its_page():
    assert set(OF_ONE) | set(OF_A_PROGRAM) == set(NoticeKind)
    assert not set(OF_ONE) & set(OF_A_PROGRAM)
    for words in WORDS.values():
        assert set(words.kinds) == set(NoticeKind)


def test_the_outcome_is_on_record(notice, program, smtp):
    sweep()
    notice.refresh_from_db()
    assert (notice.status, notice.claimed_at, notice.sent_at) == ("sent", NOW, NOW)
    line = AuditEvent.objects.get(verb="notice.sent")
    assert (line.subject_id, line.program_id) == (notice.public_id, program.public_id)
    assert (line.participant_id, line.detail) == (None, {"kind": "sign"})


def test_not_before_it_is_due_and_not_twice(notice, smtp):
    sweep(NOW - timedelta(minutes=1))
    assert smtp.messages == []
    sweep()
    sweep(NOW + timedelta(minutes=1))
    assert len(smtp.messages) == 1


@pytest.mark.parametrize("leaves", ["program", "clinic"])
def test_who_has_left_is_not_written_to(notice, reader, smtp, leaves):
    if leaves == "program":
        reader.assignments.update(ended_at=timezone.now() + timedelta(days=400))
    else:
        User.objects.update(is_active=False)
    sweep()
    assert smtp.messages == []
    assert StaffNotice.objects.get().status == "withdrawn"
    assert AuditEvent.objects.filter(verb="notice.withdrawn").count() == 1


def test_an_address_that_is_refused(notice, program, smtp):
    other = build.a_colleague(program, Role.CLINICIAN, email="other@clinic.example")
    a_staff_notice(program, user=other)
    smtp.refused.add(b"fay@")
    sweep()
    assert [each["To"] for each in smtp.messages] == ["other@clinic.example"]
    notice.refresh_from_db()
    assert (notice.status, notice.failure) == ("failed", "address_refused")
    line = AuditEvent.objects.get(verb="notice.failed")
    assert line.detail == {"kind": "sign", "failure": "address_refused"}


def test_a_message_that_is_refused(notice, smtp):
    smtp.verdict = "554 not today"
    sweep()
    notice.refresh_from_db()
    assert (notice.status, notice.failure) == ("failed", "message_refused")


def test_cut_off_half_way_is_unknown_and_never_sent_again(notice, smtp):
    smtp.hangs_up = True
    sweep()
    notice.refresh_from_db()
    assert notice.status == "claimed"
    smtp.hangs_up = False
    sweep(NOW + timedelta(minutes=1))
    assert len(smtp.messages) == 1
    assert not notice.is_outcome_unknown(NOW + timedelta(minutes=14))
    assert notice.is_outcome_unknown(NOW + timedelta(minutes=15))


def test_a_server_that_does_not_answer_is_tried_again(notice, smtp, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    sweep()
    assert StaffNotice.objects.get().status == "planned"
    settings.EMAIL_PORT = port
    sweep(NOW + timedelta(days=3))
    assert len(smtp.messages) == 1


def test_after_three_days_it_is_no_news(notice, smtp):
    sweep(NOW + timedelta(days=3, seconds=1))
    notice.refresh_from_db()
    assert (notice.status, notice.failure) == ("failed", "too_late")
    assert smtp.messages == []


def test_without_a_mail_server_nothing_is_said_to_be_sent(notice, settings):
    settings.EMAIL_BACKEND = "reminders.mail.NoMailServer"
    sweep()
    assert StaffNotice.objects.get().status == "planned"


def test_a_notice_that_is_gone_is_a_quiet_return(smtp, db):
    with MailLine() as line:
        send_notice(notice_id=0, now=NOW, by=None, line=line)
    assert smtp.messages == []


def test_log_lines_name_nobody(notice, reader, smtp, caplog):
    with caplog.at_level(logging.DEBUG):
        sweep()
    assert "notice_settled" in caplog.text
    assert not [word for word in (reader.email, reader.name) if word in caplog.text]


@pytest.mark.parametrize("fate", ["withdrawn", "failed"])
def test_nothing_is_settled_without_its_line_on_the_trail(notice, reader, smtp, audit_fails, fate):
    if fate == "withdrawn":
        User.objects.update(is_active=False)
    with pytest.raises(IntegrityError):
        sweep(NOW if fate == "withdrawn" else NOW + timedelta(days=4))
    assert smtp.messages == []
    notice.refresh_from_db()
    assert notice.status == "planned"


def test_the_task_sends_by_the_clock_as_it_is(program, reader, smtp):
    a_staff_notice(program, user=reader, due_at=timezone.now())
    tasks.send_due_notices()
    tasks.send_due_notices()
    assert StaffNotice.objects.get().status == "sent"
    assert len(smtp.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_three_workers_send_each_once(program, smtp):
    for number in range(6):
        user = build.a_colleague(program, Role.CLINICIAN, email=f"colleague{number}@clinic.example")
        a_staff_notice(program, user=user)
    errors: list[Exception] = []

    def work() -> None:
        try:
            sweep()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    assert sorted(each["To"] for each in smtp.messages) == [
        f"colleague{number}@clinic.example" for number in range(6)
    ]
    assert set(StaffNotice.objects.values_list("status", flat=True)) == {"sent"}
