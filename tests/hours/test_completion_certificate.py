"""The certificate: who gives it, what is refused, and what the page says and does not say."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from hours.completion.actions import issue_certificate
from hours.completion.certificate import certificate_words, pdf_of_certificate
from hours.models import Certificate
from programs.models import Enrollment, Program
from programs.weeks import local_date
from tests import build
from tests.build import NOW
from tests.build_curriculum import taught
from tests.build_trust import taken_out

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
TODAY = build.on("2026-11-25")


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    build.a_rule(program)
    person = build.a_participant(first_name="Zoë", last_name="Nguyễn-Łukasz", preferred_name="Zo")
    return build.an_enrollment(
        program,
        person,
        admitted_on="2026-09-07",
        discharged_on="2026-11-20",
        discharge_reason="completed",
    )


@pytest.fixture
def still_open(enrollment: Enrollment) -> Enrollment:
    """The same, who lacks a core lesson."""
    build.a_lesson(enrollment.program, name="Cravings and triggers", is_core=True)
    return enrollment


def give(enrollment: Enrollment, by: User, day: str = "2026-11-20", reason: str = ""):
    return issue_certificate(
        enrollment=enrollment, completed_on=build.on(day), reason=reason, now=NOW, by=by
    )


def words_of(content: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def address(enrollment: Enrollment) -> str:
    program, person = enrollment.program.public_id, enrollment.participant.public_id
    return f"/completion/{program}/{person}/{enrollment.public_id}/certificate/"


def test_it_is_given_once_and_on_the_trail(enrollment: Enrollment, clinician: User) -> None:
    certificate = give(enrollment, clinician)
    assert certificate.open_criteria == []
    event = AuditEvent.objects.get(verb="certificate.issued")
    assert event.subject_id == certificate.public_id
    assert event.participant_id == enrollment.participant.public_id
    assert event.detail == {"completed_on": "2026-11-20", "open_criteria": []}
    with pytest.raises(NotKept) as refused:
        give(enrollment, clinician)
    assert "The certificate is given already." in str(refused.value.words)


def test_what_is_open_needs_a_reason_and_stays_on_it(
    still_open: Enrollment, clinician: User
) -> None:
    for reason in ("", "  "):
        with pytest.raises(NotKept) as refused:
            give(still_open, clinician, reason=reason)
        assert set(refused.value.words) == {"reason"}
    assert not Certificate.objects.exists()
    certificate = give(still_open, clinician, reason=" Heard it elsewhere. ")
    assert certificate.open_criteria == ["core"]
    certificate.refresh_from_db()
    assert certificate.reason == "Heard it elsewhere."
    assert "elsewhere" not in str(AuditEvent.objects.get(verb="certificate.issued").detail)


def test_a_reason_for_nothing_is_not_kept(enrollment: Enrollment, clinician: User) -> None:
    assert give(enrollment, clinician, reason="None needed.").reason == ""


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-09-06", "They were admitted on Sep 7, 2026"),
        ("2026-11-21", "Their last day was Nov 20, 2026"),
        ("2026-11-26", "Enter today or an earlier day."),
    ],
)
def test_the_day_lies_in_the_episode(
    enrollment: Enrollment, clinician: User, day: str, words: str
) -> None:
    with pytest.raises(NotKept) as refused:
        give(enrollment, clinician, day)
    assert words in str(refused.value.words["completed_on"])
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("day", ["2026-09-07", "2026-11-20"])
def test_both_ends_are_fine(enrollment: Enrollment, clinician: User, day: str) -> None:
    assert give(enrollment, clinician, day).completed_on == build.on(day)


def test_today_is_today_at_the_site(program: Program, clinician: User) -> None:
    """At 5 in the morning, world time, it is still the day before in Chicago."""
    enrollment = build.an_enrollment(program)
    with pytest.raises(NotKept):
        issue_certificate(
            enrollment=enrollment,
            completed_on=TODAY,
            reason="",
            now=datetime(2026, 11, 25, 5, 0, tzinfo=UTC),
            by=clinician,
        )


def test_what_never_began_completes_nothing(program: Program, clinician: User) -> None:
    off = build.an_enrollment(
        program,
        admitted_on="2026-11-16",
        discharged_on="2026-11-15",
        discharge_reason="never_started",
    )
    with pytest.raises(NotKept) as refused:
        give(off, clinician, "2026-11-15", "Please.")
    assert "This episode never began." in str(refused.value.words)


def test_nothing_is_given_that_is_not_on_the_trail(
    enrollment: Enrollment, clinician: User, audit_fails: None
) -> None:
    with pytest.raises(Exception, match="audit_fails"):
        give(enrollment, clinician)
    assert not Certificate.objects.exists()


def test_the_form_asks_why_and_keeps_what_was_typed(
    client_of: ClientOf, clinician: User, still_open: Enrollment
) -> None:
    client, url = client_of(clinician), address(still_open)
    page = client.get(url).content.decode()
    assert "Not everything is met:" in page
    assert "0 of 1 core lesson received or waived." in page
    sent = {"completed_on": "2026-09-06", "reason": "Moves to Ohio."}
    page = client.post(url, sent).content.decode()
    assert "There is a problem" in page
    assert "They were admitted on Sep 7, 2026" in page
    assert "Moves to Ohio." in page
    page = client.post(url, {"completed_on": "", "reason": "x"}).content.decode()
    assert "Enter the day of completion" in page
    page = client.post(url, {"completed_on": "2026-11-20", "reason": ""}).content.decode()
    assert "say why the certificate is given all the same" in page
    assert not Certificate.objects.exists()
    answer = client.post(url, sent | {"completed_on": "2026-11-20"}, follow=True)
    page = answer.content.decode()
    assert "The certificate is given." in page
    assert "Open then" in page
    assert "Moves to Ohio." in page
    assert "PDF in Spanish" in page


def test_with_everything_met_no_reason_is_asked(
    client_of: ClientOf, director: User, enrollment: Enrollment
) -> None:
    page = client_of(director).get(address(enrollment)).content.decode()
    assert "all the same" not in page
    assert 'value="2026-11-20"' in page


@pytest.mark.parametrize("role", ["administrator", "facilitator", "billing"])
def test_others_give_none(
    client_of: ClientOf, enrollment: Enrollment, role: str, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert client.get(address(enrollment)).status_code == 403
    assert client.post(address(enrollment), {"completed_on": "2026-11-20"}).status_code == 403


def test_the_reason_is_for_those_who_give_it(
    client_of: ClientOf, administrator: User, clinician: User, still_open: Enrollment
) -> None:
    give(still_open, clinician, reason="Moves to Ohio.")
    program, person = still_open.program.public_id, still_open.participant.public_id
    page = client_of(administrator).get(f"/completion/{program}/{person}/").content.decode()
    assert "Open then" in page
    assert "Ohio" not in page
    page = client_of(clinician).get(f"/completion/{program}/").content.decode()
    assert "Certificates given while something was open" in page
    assert "Ohio" not in page


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_one_dignified_page(
    client_of: ClientOf, clinician: User, enrollment: Enrollment, language: str
) -> None:
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment)
    lesson = build.a_lesson(enrollment.program, name="Cravings and triggers")
    for number in range(3):  # The clocks go back on the first of November.
        session = build.a_session(group, build.on("2026-10-30") + timedelta(days=2 * number))
        taught(session, lesson)
        build.a_record(session, enrollment.participant, "09:00-12:00")
    certificate = give(enrollment, clinician)
    url = f"/completion/{enrollment.program.public_id}/certificate/{certificate.public_id}/"
    answer = taken_out(client_of(clinician), f"{url}{language}/", way="participant:participant")
    assert answer["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert box.width > box.height
    page = words_of(answer.content)
    for said in ("Prairie Clinic", "Zoë Nguyễn-Łukasz", "Evening IOP", "9 h", "Cleo Ortiz, LCSW"):
        assert said in page
    dates = {
        "en": ("Sep 7, 2026", "Nov 20, 2026", "1 lesson received"),
        "es": ("7 de septiembre de 2026", "20 de noviembre de 2026"),
    }
    assert all(day in page for day in dates[language])
    for untold in ("Cravings", "ASAM", "42 CFR", "Zo)", "substance"):
        assert untold not in page
    assert reader.metadata
    assert "Zoë" not in str(reader.metadata)
    event = AuditEvent.objects.get(verb="certificate.exported")
    assert event.detail == {"language": language}


def test_its_numbers_are_those_of_the_day(enrollment: Enrollment, clinician: User) -> None:
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment)
    for day in ("2026-11-17", "2026-11-18", "2026-11-19"):
        session = build.a_session(group, day)
        taught(session, build.a_lesson(enrollment.program))
        build.a_record(session, enrollment.participant, "09:00-12:00")
    words = certificate_words(give(enrollment, clinician, "2026-11-18"))
    assert words.counts.replace("\N{NO-BREAK SPACE}", " ") == "6 h attended · 2 lessons received"


@pytest.mark.parametrize("letters", [10, 40, 80])
def test_every_name_fits(enrollment: Enrollment, clinician: User, letters: int) -> None:
    person, program = enrollment.participant, enrollment.program
    person.first_name, person.last_name = "W" * letters, "Œ" * letters
    person.save()
    program.name = "A program with a long name " * 4
    program.save()
    with translation.override("es"):
        content = pdf_of_certificate(give(enrollment, clinician))
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 1
    heights: list[tuple[float, str]] = []
    reader.pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, *_rest: heights.append((tm[5], text))
    )
    lines = sorted(height for height, text in heights if text.strip())
    signer = min(height for height, text in heights if "Cleo" in text)
    # Nothing of the body stands on the lines to sign on.
    assert [height for height in lines if signer < height < signer + 30] == []


def test_letters_the_type_does_not_have_do_no_harm(
    enrollment: Enrollment, clinician: User, caplog: pytest.LogCaptureFixture
) -> None:
    person = enrollment.participant
    person.first_name, person.last_name = "Ђорђе", "王"
    person.save()
    with caplog.at_level(logging.DEBUG):
        assert "Ђорђе ?" in words_of(pdf_of_certificate(give(enrollment, clinician)))
    assert "Ђорђе" not in caplog.text


def test_what_is_no_certificate_is_not_found(
    client_of: ClientOf, clinician: User, stranger: User, facilitator: User, enrollment: Enrollment
) -> None:
    certificate = give(enrollment, clinician)
    url = f"/completion/{enrollment.program.public_id}/certificate/{certificate.public_id}/"
    assert client_of(clinician).get(f"{url}fr/").status_code == 404
    assert client_of(stranger).get(f"{url}en/").status_code == 404
    # Not one of the people of their sessions.
    assert client_of(facilitator).get(f"{url}en/").status_code == 404
    other = f"/completion/{enrollment.program.public_id}/certificate/{enrollment.public_id}/en/"
    assert client_of(clinician).get(other).status_code == 404


def test_a_future_day_is_refused_on_the_page(
    client_of: ClientOf, clinician: User, program: Program
) -> None:
    today = local_date(timezone.now(), program.zone)
    enrollment = build.an_enrollment(program, admitted_on=today)
    page = client_of(clinician).post(
        address(enrollment), {"completed_on": f"{today + timedelta(days=1)}"}
    )
    assert "Enter today or an earlier day." in page.content.decode()
