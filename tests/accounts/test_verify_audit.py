"""The command that verifies the trail: what it says, to people and to machines, and how it ends."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.anchors import anchors_file
from accounts.audit import write_audit
from accounts.models import AuditEvent
from accounts.sealing import seal_trail
from tests.accounts.trail import BEGIN, HOUR, a_sealed_trail, by_hand, kept_anchors

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.IOP_DATA_DIR = tmp_path


def said(capsys, *words: str) -> str:
    call_command("verify_audit", *words)
    return capsys.readouterr().out


def said_no(capsys, *words: str) -> str:
    with pytest.raises(SystemExit) as left:
        call_command("verify_audit", *words)
    assert left.value.code == 1
    return capsys.readouterr().out


def test_all_is_well(capsys):
    a_sealed_trail([3, 2])
    words = said(capsys)
    last = kept_anchors()[-1]
    assert "2 seals over 5 lines were looked at." in words
    assert f"The last seal is 2:{last.digest}." in words
    assert "No line waits for a seal." in words
    assert words.endswith("Nothing was tampered with.\n")


def test_what_does_not_fit_is_said_in_words_and_names_nobody(capsys):
    [[line, *_], _more] = a_sealed_trail([3, 2])
    by_hand(f"UPDATE accounts_auditevent SET verb = 'x' WHERE id = {line.pk}")
    words = said_no(capsys)
    assert f"Line {line.pk} was altered: it is not what seal 1 was made over." in words
    assert words.endswith("THE TRAIL DOES NOT HOLD.\n")
    assert str(line.participant_id) not in words


def test_to_a_machine(capsys):
    [[line, *_], _more] = a_sealed_trail([3, 2])
    assert json.loads(said(capsys, "--format", "json"))["is_intact"] is True
    by_hand(f"DELETE FROM accounts_auditevent WHERE id = {line.pk}")
    answer = json.loads(said_no(capsys, "--format", "json"))
    [found] = answer["findings"]
    assert (found["kind"], found["seal"], found["line"]) == ("line_removed", 1, line.pk)
    assert (answer["is_intact"], answer["lines"]) == (False, 4)


def test_what_was_cut_off_is_known_from_the_file_or_from_what_was_written_down(capsys):
    a_sealed_trail([1, 1, 1])
    last = kept_anchors()[-1]
    by_hand("DELETE FROM accounts_auditseal WHERE number = 3")
    by_hand("DELETE FROM accounts_auditevent WHERE id = (SELECT max(id) FROM accounts_auditevent)")
    assert "The end was cut off: seals 3 to 3" in said_no(capsys)
    anchors_file().unlink()
    assert "whether the end was cut off cannot be told" in said(capsys)
    assert "The end was cut off" in said_no(capsys, "--expect", f"3:{last.digest}")


def test_what_waits_is_a_warning_once_it_waits_long(capsys):
    write_audit("user.invited", by=None)
    assert "Lines not sealed yet: 1" in (words := said(capsys))
    assert "Warning" not in words
    AuditEvent.objects.create(verb="user.invited", at=timezone.now() - timedelta(minutes=6))
    assert "Warning: Lines not sealed yet: 2" in said(capsys)
    seal_trail(now=timezone.now())
    assert "No line waits for a seal." in said(capsys)


def test_from_a_date_on(capsys):
    a_sealed_trail([1, 1])
    later = (BEGIN + HOUR).isoformat()
    assert "1 seals over 1 lines" in said(capsys, "--since", later.partition("+")[0])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--since", "yesterday"], "not a date"),
        (["--expect", "3"], "write it as 17:digest"),
        (["--expect", "x:" + "d" * 64], "write it as 17:digest"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(words, why):
    with pytest.raises(CommandError, match=why):
        call_command("verify_audit", *words)
