"""Sealing: whatever is committed, once, in batches, also by two at once and after slow work."""

from __future__ import annotations

import stat
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from accounts.anchors import Anchor, anchor_seals, anchors, anchors_file
from accounts.audit import write_audit
from accounts.models import AuditEvent, AuditSeal
from accounts.sealing import RECENT, seal_trail
from accounts.tasks import have_months_ready, seal_what_is_new, seal_what_was_left
from tests.accounts.trail import (
    BEGIN,
    HOUR,
    MINUTE,
    a_line,
    a_sealed_trail,
    by_owner,
    found,
    kept_anchors,
    verified,
)
from tests.at_once import at_once
from tests.refusals import refused

LATER = BEGIN + 40 * MINUTE


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.IOP_DATA_DIR = tmp_path


def held() -> list[int]:
    """Return the ids that seals hold, each as often as it is held."""
    return [
        each
        for seal in AuditSeal.objects.order_by("number")
        for pair in seal.ids
        for each in range(*pair)
    ]


def all_ids() -> list[int]:
    return sorted(AuditEvent.objects.values_list("pk", flat=True))


@pytest.mark.django_db
class TestSealing:
    def test_what_is_new_comes_under_one_seal_that_follows_the_last(self):
        for each in range(3):
            a_line(BEGIN + each * MINUTE)
        assert seal_trail(now=LATER) == 3
        a_line(BEGIN + HOUR)
        assert seal_trail(now=BEGIN + HOUR) == 1
        first, second = AuditSeal.objects.all()
        assert (first.number, first.count, first.before) == (1, 3, "")
        assert (second.number, second.count, second.before) == (2, 1, first.digest)
        assert (first.sealed_at, first.is_whole) == (LATER, True)
        assert held() == all_ids()
        assert str(second) == "seal 2"

    def test_nothing_new_no_seal(self):
        assert seal_trail(now=LATER) == 0
        a_line(BEGIN)
        assert seal_trail(now=LATER) == 1
        assert seal_trail(now=LATER) == 0
        assert AuditSeal.objects.count() == 1

    def test_a_heap_is_sealed_in_batches_of_one_moment(self):
        for each in range(7):
            a_line(BEGIN + each * MINUTE)
        assert seal_trail(now=LATER, most=3) == 7
        seals = list(AuditSeal.objects.all())
        assert [(each.count, each.is_whole) for each in seals] == [
            (3, False),
            (3, False),
            (1, True),
        ]
        assert {each.sealed_at for each in seals} == {LATER}
        assert held() == all_ids()

    def test_a_heap_of_old_lines_is_not_taken_for_tampering(self):
        for each in range(7):
            a_line(BEGIN + each * HOUR)
        seal_trail(now=BEGIN + 9 * HOUR, most=2)
        assert verified().is_intact

    def test_each_minute_looks_back_from_the_last_seal_and_the_night_at_all(self):
        a_line(BEGIN)
        seal_trail(now=BEGIN)
        a_line(BEGIN - RECENT)
        old = a_line(BEGIN - RECENT - MINUTE)
        # However long the clock stood still.
        a_line(BEGIN + 30 * HOUR)
        assert seal_trail(now=BEGIN + 48 * HOUR) == 2
        assert old.pk not in held()
        assert seal_trail(now=BEGIN + 48 * HOUR, is_full_look=True) == 1
        assert sorted(held()) == all_ids()

    def test_the_clock_s_tasks(self):
        a_line(BEGIN)
        seal_what_is_new()
        a_line(BEGIN - 5 * HOUR)
        seal_what_was_left()
        have_months_ready()
        assert sorted(held()) == all_ids()


@pytest.mark.django_db
class TestConstraints:
    def seal(self, **fields) -> AuditSeal:
        said = {
            "number": 1,
            "sealed_at": BEGIN,
            "ids": [(1, 3)],
            "count": 2,
            "is_whole": True,
            "prints": b"",
            "before": "",
            "digest": "d" * 64,
        }
        return AuditSeal.objects.create(**{**said, **fields})

    def test_no_line_is_in_two_seals(self):
        self.seal(ids=[(1, 3), (8, 9)])
        with refused("seal_holds_each_line_once"):
            self.seal(number=2, before="d", ids=[(8, 12)])
        self.seal(number=2, before="d", ids=[(3, 8), (9, 12)])

    def test_only_the_first_follows_none(self):
        with refused("seal_follows_one"):
            self.seal(number=2)
        with refused("seal_follows_one"):
            self.seal(number=1, before="d")
        with refused("seal_follows_one"):
            self.seal(number=0)
        self.seal()

    def test_a_seal_holds_something(self):
        with refused("seal_holds_lines"):
            self.seal(count=0)
        self.seal(count=1)

    def test_numbers_are_given_once(self):
        self.seal()
        with pytest.raises(IntegrityError), transaction.atomic():
            self.seal(ids=[(5, 6)])


class TestAnchors:
    pytestmark = pytest.mark.django_db

    def test_each_seal_is_written_down_outside_the_database(self):
        a_sealed_trail([2, 1])
        assert list(anchors(anchors_file())) == kept_anchors()
        first = anchors_file().read_text().splitlines()[0]
        assert first == f"1 2026-11-23T08:02:00+00:00 {kept_anchors()[0].digest}"
        assert stat.S_IMODE(anchors_file().stat().st_mode) == 0o600

    def test_what_was_not_written_down_is_made_up_for_once(self):
        a_sealed_trail([1, 1, 1])
        lines = anchors_file().read_text().splitlines(keepends=True)
        # A process died after the first, in the middle of the second.
        anchors_file().write_text(lines[0] + lines[1][:20])
        assert anchor_seals() == 2
        assert anchor_seals() == 0
        assert list(anchors(anchors_file())) == kept_anchors()

    def test_a_file_that_says_something_else_is_believed(self):
        a_sealed_trail([1, 1])
        wrong = [kept_anchors()[0], Anchor(2, "0" * 64)]
        assert found(verified(wrong)) == [("seal_replaced", 2, None)]

    def test_a_folder_that_cannot_be_written_to_is_no_silent_matter(self, settings, tmp_path):
        a_line(BEGIN)
        settings.IOP_DATA_DIR = tmp_path / "gone"
        with pytest.raises(FileNotFoundError):
            seal_trail(now=LATER)
        assert held() == all_ids()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_a_transaction_that_commits_late_is_sealed_then_and_is_no_tampering(self):
        begun, may_end = Event(), Event()

        def slow() -> None:
            with transaction.atomic():
                write_audit("import.slow", by=None)
                begun.set()
                may_end.wait(timeout=20)
            connection.close()

        thread = Thread(target=slow)
        thread.start()
        assert begun.wait(timeout=20)
        fast = write_audit("import.fast", by=None)
        fast.refresh_from_db()
        assert seal_trail(now=fast.at) == 1
        assert held() == [fast.pk]
        may_end.set()
        thread.join()
        assert seal_trail(now=fast.at + MINUTE) == 1
        slow_line = AuditEvent.objects.get(verb="import.slow")
        assert held() == [fast.pk, slow_line.pk]
        assert slow_line.pk < fast.pk
        assert verified(list(anchors(anchors_file()))).is_intact

    def test_two_sealers_seal_each_line_once(self):
        for each in range(40):
            a_line(BEGIN + each * MINUTE)
        both = at_once(*[lambda: seal_trail(now=LATER, most=5)] * 2, words=())
        # One may have come while the other worked, and left it the rest.
        counts = [each for each in both if isinstance(each, int)]
        assert len(counts) == 2
        assert sum(counts) <= 40
        seal_trail(now=LATER)
        assert sorted(held()) == all_ids()
        assert list(anchors(anchors_file())) == kept_anchors()
        assert verified(kept_anchors()).is_intact

    def test_pages_write_while_a_sealer_is_at_work(self):
        a_line(BEGIN)
        with transaction.atomic():
            seal_trail(now=LATER)
            thread_wrote = at_once(lambda: a_line(BEGIN + MINUTE).pk, words=())
        assert thread_wrote[0] in all_ids()


@pytest.mark.django_db
class TestMonths:
    def partitions(self) -> dict[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i"
                " JOIN pg_class c ON c.oid = i.inhrelid"
                " WHERE i.inhparent = 'accounts_auditevent'::regclass"
            )
            return dict(cursor.fetchall())

    def where(self, line: AuditEvent) -> str:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tableoid::regclass::text FROM accounts_auditevent WHERE id = %s", [line.pk]
            )
            return cursor.fetchone()[0]

    def make(self, until: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SELECT public.make_audit_partitions(%s)", [until])
            return cursor.fetchone()[0]

    def test_this_month_and_three_more_are_ready(self):
        have_months_ready()
        line = write_audit("user.invited", by=None)
        line.refresh_from_db()
        assert self.where(line) == f"accounts_auditevent_y{line.at:%Y}m{line.at:%m}"
        assert len(self.partitions()) >= 5
        have_months_ready()

    def test_nothing_is_ever_refused_and_moves_once_its_month_has_a_place(self):
        old = a_line(BEGIN - timedelta(days=900))
        assert self.where(old) == "accounts_auditevent_default"
        seal_trail(now=LATER)
        assert self.make(str(BEGIN.date())) >= 1
        assert self.where(old) == f"accounts_auditevent_y{old.at:%Y}m{old.at:%m}"
        assert AuditEvent.objects.get().pk == old.pk
        assert verified().is_intact

    def test_years_ahead_are_refused(self):
        with pytest.raises(IntegrityError, match="two years ahead at most"):
            self.make("2150-01-01")

    def test_the_application_makes_months_by_this_function_only(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT has_function_privilege('iop_app', f, 'EXECUTE'),"
                " (SELECT count(*) FROM aclexplode(p.proacl) WHERE grantee = 0)"
                " FROM pg_proc p, to_regprocedure('public.make_audit_partitions(date)') f"
                " WHERE p.oid = f"
            )
            assert cursor.fetchone() == (True, 0)

    @pytest.mark.parametrize("right", ["SELECT verb FROM", "DELETE FROM", "TRUNCATE"])
    def test_no_partition_is_reached_by_itself(self, right):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"{right} accounts_auditevent_default")

    def test_a_line_is_numbered_and_dated_by_the_database_as_before(self):
        with by_owner() as cursor:
            cursor.execute("SELECT pg_get_serial_sequence('accounts_auditevent', 'id')")
            assert cursor.fetchone() == ("public.accounts_auditevent_id_seq",)
        first, second = (write_audit("user.invited", by=None) for _ in range(2))
        assert second.pk > first.pk
        second.refresh_from_db()
        assert second.at is not None
