"""Signing, co-signing and adding to notes in the browser; one person's notes over time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from attendance.models import Cosignature, NoteAddendum, NotesSignOff
from groups.models import Facilitation, GroupSession
from programs.models import Role
from tests import build
from tests.attendance.notes import (
    a_noted_session,
    days_ago,
    long_ago,
    read,
    save,
    save_group,
    someone,
    url_of,
    words_of,
)
from tests.build_records import (
    a_cosignature,
    a_group_note,
    a_participant_note,
    a_record_rule,
    an_addendum,
    signed_notes,
)

pytestmark = pytest.mark.django_db
WORDS = "Named two early signs and practised the wave exercise with a partner."


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_noted_session(program, facilitator, day=days_ago(program, 3))


@pytest.fixture
def ben(session):
    return someone(session, "Ben", "Tran")


@pytest.fixture
def written(client_of, session, ben, facilitator):
    """Every part, and the attendance signed."""
    client = client_of(facilitator)
    save_group(client, session, topic="Cravings", intervention="The wave exercise.")
    save(client, session, ben, response=WORDS, participation="active")
    build.a_sign_off(session, facilitator)
    return client


def sign(client, session, by, **fields):
    data = {"seen": read(session, by).fingerprint, "reason": "", **fields}
    return client.post(url_of(session, "sign"), data, follow=True)


def test_attendance_is_signed_first(client_of, session, ben, facilitator):
    client = client_of(facilitator)
    assert "Sign the attendance first" in words_of(client.get(url_of(session, "sign")))
    assert "Sign the attendance first" in words_of(sign(client, session, facilitator))
    assert not NotesSignOff.objects.exists()


def test_complete_notes_are_signed_without_a_reason(written, session, facilitator):
    page = written.get(url_of(session, "sign"))
    assert "Nothing to look at" in words_of(page)
    assert 'name="reason"' not in page.content.decode()
    assert WORDS in words_of(page)
    signed = words_of(sign(written, session, facilitator))
    assert "From here on the notes are only added to." in signed
    assert "Signed by Fay Marlow, LPC" in signed
    assert "Signed late: " in signed
    assert 'name="response"' not in signed


def test_in_time_is_not_late(program, written, session, facilitator):
    a_record_rule(program, notes_due_hours=168)
    assert "Signed late" not in words_of(sign(written, session, facilitator))


def test_every_warning_stands_first(client_of, session, ben, facilitator):
    hugo = someone(session, "Hugo", "Santos")
    someone(session, "Dev", "Patel")
    client = client_of(facilitator)
    save(client, session, ben, response=f"{WORDS} Then Hugo left.", participation="some")
    save(client, session, hugo, response=f"{WORDS} Then Hugo left.", participation="some")
    build.a_sign_off(session, facilitator)
    page = words_of(client.get(url_of(session, "sign")))
    assert "5 things to look at" in page
    assert "Note for the group : Missing: Topic, Intervention." in page
    assert "Ben T. : Response names another person on the roster: “Hugo”" in page
    assert "Ben T. : 98% the same" in page or "Ben T. : 9" in page
    assert "Dev P. : Missing: Participation, Response." in page
    refused = words_of(sign(client, session, facilitator))
    assert "There is a problem Say why you sign in spite of what is listed." in refused
    assert not NotesSignOff.objects.exists()
    reason = "<b>Hugo</b> is the name of his dog."
    signed = words_of(sign(client, session, facilitator, reason=reason))
    assert f"Why: {reason}" in signed


def test_notes_that_changed_are_read_again(written, session, ben, facilitator):
    seen = read(session, facilitator).fingerprint
    save(written, session, ben, response="Another text", version="1")
    page = words_of(sign(written, session, facilitator, seen=seen))
    assert "The notes have changed since you read them. Read them again." in page


def test_a_substitute_says_why(client_of, written, session, clinician):
    client = client_of(clinician)
    page = words_of(client.get(url_of(session, "sign")))
    assert "Why you sign in the facilitator's place" in page
    assert "Say why you sign" in words_of(sign(client, session, clinician))
    done = words_of(sign(client, session, clinician, reason="Fay is ill."))
    assert "Why: Fay is ill." in done


@pytest.mark.parametrize("reason", ["x" * 1_048_576, "a\x00b"])
def test_a_reason_that_is_no_reason(client_of, session, ben, facilitator, reason):
    build.a_sign_off(session, facilitator)
    answer = sign(client_of(facilitator), session, facilitator, reason=reason)
    assert answer.status_code == 422
    assert "Why:" in words_of(answer)
    assert not NotesSignOff.objects.exists()


def test_signed_twice_says_so(written, session, facilitator):
    seen = read(session, facilitator).fingerprint
    sign(written, session, facilitator, seen=seen)
    again = words_of(sign(written, session, facilitator, seen=seen))
    assert "These notes are signed already." in again
    assert NotesSignOff.objects.count() == 1


def test_a_cosignature_is_asked_for_and_given(
    client_of, program, written, session, facilitator, clinician
):
    a_record_rule(program, cosigned_credentials=["LPC"])
    assert "now wait for a co-signature" in words_of(sign(written, session, facilitator))
    mine = words_of(written.get(url_of(session)))
    assert "A co-signature is still needed." in mine
    assert "Co-sign these notes" not in mine
    client, url = client_of(clinician), url_of(session, "cosign")
    assert "Co-sign these notes" in words_of(client.get(url, follow=True))
    done = words_of(client.post(url, follow=True))
    assert "The notes are co-signed." in done
    assert "Co-signed by Cleo Ortiz, LCSW" in done
    assert "co-signed already" in words_of(client.post(url, follow=True))
    assert Cosignature.objects.count() == 1


def test_nobody_cosigns_their_own(client_of, session, clinician):
    url = url_of(session, "cosign")
    client = client_of(clinician)
    assert "not signed yet" in words_of(client.post(url, follow=True))
    signed_notes(session, clinician, is_cosignature_needed=True)
    assert "Nobody co-signs their own notes." in words_of(client.post(url, follow=True))
    assert "Somebody else co-signs your notes." in words_of(client.get(url_of(session)))
    assert not Cosignature.objects.exists()


def add(client, session, **fields):
    data = {"of": "", "text": "He called back.", "reason": "Learned later.", **fields}
    return client.post(url_of(session, "addendum"), data, follow=True)


def test_words_are_added_below_the_note(client_of, session, ben, facilitator, clinician):
    a_participant_note(session, ben)
    a_group_note(session)
    signed_notes(session, facilitator, due_at=timezone.now() + timedelta(hours=1))
    client = client_of(facilitator)
    form = words_of(client.get(f"{url_of(session, 'addendum')}?of={ben.public_id}"))
    assert "Named two early signs." in form
    page = words_of(add(client, session, of=str(ben.public_id), text="<i>He</i> called back."))
    assert "The addendum stands below the note." in page
    assert "<i>He</i> called back." in page
    assert "Why: Learned later." in page
    assert "Late entry" not in page
    assert "Cleo Ortiz" in words_of(add(client_of(clinician), session))
    assert [each.participant for each in NoteAddendum.objects.all()] == [ben, None]


def test_a_late_addendum_is_labelled(client_of, session, facilitator):
    signed_notes(session, facilitator, due_at=timezone.now() - timedelta(hours=5, minutes=1))
    page = words_of(add(client_of(facilitator), session))
    assert "Late entry" in page
    assert "Late entry: 5 h 1 min after the notes were due." in page


def test_nothing_is_added_before_signing(client_of, session, facilitator):
    client = client_of(facilitator)
    assert "not signed yet" in words_of(client.get(url_of(session, "addendum")))
    assert "not signed yet: write in them" in words_of(add(client, session))
    assert not NoteAddendum.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": " "}, "Write what is added."),
        ({"reason": ""}, "Say why it is added now."),
        ({"of": "somebody"}, "Added to: choose one of the list."),
        ({"of": "00000000-0000-0000-0000-000000000001"}, "Added to: choose one of the list."),
        ({"text": "x" * 1_048_576}, "What is added: at most 10,000 characters"),
        ({"text": "a\x00"}, "What is added: there is a character in it that is no text."),
        ({"text": "Ben called back."}, "names another person on the roster: “Ben”"),
    ],
)
def test_an_addendum_that_is_refused(client_of, session, ben, facilitator, fields, words):
    signed_notes(session, facilitator)
    answer = add(client_of(facilitator), session, **fields)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not NoteAddendum.objects.exists()


def test_a_name_that_is_another_persons_can_stay(client_of, session, ben, facilitator):
    signed_notes(session, facilitator)
    client = client_of(facilitator)
    text = "Ben, his brother, called."
    page = add(client, session, text=text).content.decode()
    assert 'name="anyway"' in page
    assert add(client, session, text=text, anyway="on").status_code == 200
    assert NoteAddendum.objects.get().text == text


def over_time(program, person) -> str:
    return reverse("notes:of_person", args=[program.public_id, person.public_id])


def test_a_persons_notes_newest_first(client_of, program, session, ben, facilitator, clinician):
    hugo = someone(session, "Hugo", "Santos")
    earlier = long_ago(session)
    absent = long_ago(session, 2)
    build.a_record(earlier, ben, "09:00-12:00")
    build.a_record(absent, ben, absence="excused")
    a_group_note(session, topic="Topic of today")
    a_group_note(earlier, topic="Topic before")
    a_group_note(absent, topic="Topic without Ben")
    a_participant_note(session, ben, response="Mine today")
    a_participant_note(session, hugo, response="Of Hugo alone")
    a_participant_note(absent, ben, response="Ill", contact="reached", participation="")
    notes = signed_notes(session, facilitator, is_cosignature_needed=True)
    a_cosignature(notes, signed_by=clinician)
    an_addendum(session, participant=ben, text="Added to Ben")
    an_addendum(session, participant=hugo, text="Added to Hugo")
    an_addendum(session, text="Added for all")
    page = words_of(client_of(clinician).get(over_time(program, ben)))
    for words in ("Mine today", "Topic of today", "Topic before", "Reached In short Ill"):
        assert words in page
    assert "Added to Ben" in page
    for words in ("Of Hugo alone", "Topic without Ben", "Added to Hugo"):
        assert words not in page
    assert page.index("Topic of today") < page.index("Topic before") < page.index("Ill")
    assert "Added for all" in page
    assert "Signed by Fay Marlow, LPC" in page
    assert "Co-signed by Cleo Ortiz, LCSW" in page
    assert "Not signed yet" in page
    event = AuditEvent.objects.get(verb="participant.read")
    assert (event.participant_id, event.detail) == (ben.public_id, {"page": "notes"})


def test_who_may_read_a_persons_notes(
    client_of, program, session, ben, facilitator, clinician, director, administrator, stranger
):
    url = over_time(program, ben)
    for user in (facilitator, clinician, director):
        assert client_of(user).get(url).status_code == 200
    assert client_of(administrator).get(url).status_code == 403
    other = build.a_colleague(program, Role.FACILITATOR)
    for user in (other, stranger):
        assert client_of(user).get(url).status_code == 404


def test_a_facilitator_reads_what_they_led_or_lead(client_of, program, session, ben, facilitator):
    a_participant_note(session, ben, response="Of my session")
    others = build.a_session(build.a_group(program), days_ago(program, 5))
    a_participant_note(others, ben, response="Of another session")
    Facilitation.objects.update(is_former=True)
    page = words_of(client_of(facilitator).get(over_time(program, ben)))
    assert "Of my session" in page
    assert "Of another session" not in page


def test_a_duplicates_notes_are_the_kept_ones(client_of, program, session, ben, clinician):
    kept = build.an_enrollment(program).participant
    a_participant_note(session, ben, response="Of the duplicate")
    type(ben).objects.filter(pk=ben.pk).update(merged_into=kept, merged_at=build.NOW)
    assert "Of the duplicate" in words_of(client_of(clinician).get(over_time(program, kept)))


def test_pages_of_twenty(client_of, program, session, ben, clinician):
    client, url, costs = client_of(clinician), over_time(program, ben), []
    assert "No notes yet." in words_of(client.get(url))
    for weeks in range(1, 23):
        a_participant_note(long_ago(session, weeks), ben, response=f"Note {weeks}.")
        if weeks in (1, 12, 20):
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            costs.append(len(queries))
    first = words_of(client.get(url))
    assert "Note 20." in first
    assert "Note 21." not in first
    assert "Page 1 of 2" in first
    second = words_of(client.get(f"{url}?page=2"))
    assert "Note 22." in second
    assert client.get(f"{url}?page=zz").status_code == 200
    assert len(set(costs)) == 1


def test_the_tab_stands_on_the_persons_pages(client_of, program, session, ben, clinician):
    page = client_of(clinician).get(over_time(program, ben)).content.decode()
    assert f'href="{over_time(program, ben)}" aria-current="page"' in page
