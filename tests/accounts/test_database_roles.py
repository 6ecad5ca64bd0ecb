"""What the application may do in the database: little, and never to the past."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit, urlunsplit

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import OperationalError, ProgrammingError, connection, transaction

from accounts.database_roles import as_owner, grant_to_application
from accounts.models import AuditEvent, User
from programs.models import Participant
from tests import build

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
MAY_DELETE = {
    "django_session",
    "account_emailaddress",
    "account_emailconfirmation",
    "attendance_attendancerecord",
    "attendance_presence",
    "curriculum_curriculumrule",
    "curriculum_lessonversion",
    "curriculum_prerequisite",
    "curriculum_topiclesson",
    "curriculum_versionhandout",
    "groups_rotationlesson",
    "groups_sessionlesson",
    "mfa_authenticator",
    "programs_alertrule",
    "programs_enrollmentdraft",
    "programs_hoursrule",
    "programs_recordrule",
    "programs_requiredcredential",
    "programs_schedulerule",
    "usersessions_usersession",
}
MAY_ONLY_READ = {"django_migrations", "pghistory_context"}
HISTORY = {
    "attendance_attendancerecordevent",
    "attendance_checkinevent",
    "attendance_cosignatureevent",
    "attendance_groupnoteevent",
    "attendance_homeworkanswerevent",
    "attendance_lessonwaiverevent",
    "attendance_notessignoffevent",
    "attendance_outreachevent",
    "attendance_participantnoteevent",
    "attendance_presenceevent",
    "attendance_safetyalertevent",
    "attendance_signoffevent",
    "attendance_skilluseevent",
    "curriculum_curriculumruleevent",
    "curriculum_lessonevent",
    "curriculum_moduleevent",
    "curriculum_prerequisiteevent",
    "curriculum_requiredtopicevent",
    "curriculum_topiclessonevent",
    "curriculum_trackevent",
    "groups_groupmembershipevent",
    "groups_groupsessionevent",
    "groups_makeupseatevent",
    "groups_meetingpatternevent",
    "groups_rotationevent",
    "groups_rotationlessonevent",
    "groups_scheduleexceptionevent",
    "groups_sessionlessonevent",
    "groups_teachingevent",
    "groups_therapygroupevent",
    "groups_waitingplaceevent",
    "programs_agreementevent",
    "programs_alertruleevent",
    "programs_authorizationevent",
    "programs_certificationevent",
    "programs_closureevent",
    "programs_contactconsentevent",
    "programs_disclosureevent",
    "programs_documentevent",
    "programs_emergencyaccessevent",
    "programs_enrollmentevent",
    "programs_episodestepevent",
    "programs_followupevent",
    "programs_goalevent",
    "programs_hoursruleevent",
    "programs_leaveevent",
    "programs_legalholdevent",
    "programs_levelofcaredeterminationevent",
    "programs_orderevent",
    "programs_participantevent",
    "programs_recordruleevent",
    "programs_referralevent",
    "programs_retentionruleevent",
    "programs_scheduleruleevent",
    "programs_trailreviewevent",
    "reminders_answerevent",
    "reminders_messagetemplateevent",
    "reminders_reminderevent",
    "reminders_reminderruleevent",
}


def intended(table: str) -> set[str]:
    if table in MAY_ONLY_READ:
        return {"SELECT"}
    if table.startswith("accounts_auditevent_"):
        return set()  # a partition: reached through its table only
    if table in HISTORY | {"accounts_auditevent", "accounts_auditseal", "programs_disclosedperson"}:
        return {"SELECT", "INSERT"}
    if table in MAY_DELETE:
        return {"SELECT", "INSERT", "UPDATE", "DELETE"}
    return {"SELECT", "INSERT", "UPDATE"}


def ask(statement: str, params: list | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def try_to(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def tables() -> list[str]:
    return [name for (name,) in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


@pytest.mark.django_db
def test_the_application_has_exactly_the_intended_rights():
    rights = {
        table: {
            right
            for right in RIGHTS
            if ask("SELECT has_table_privilege(%s, %s, %s)", ["iop_app", table, right])[0][0]
        }
        for table in tables()
    }
    assert len(rights) > 40
    assert rights == {table: intended(table) for table in rights}


@pytest.mark.django_db
def test_the_past_is_listed_whole():
    tracked = {
        model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")
    }
    assert tracked == HISTORY


@pytest.mark.django_db
def test_the_application_owns_nothing_and_makes_nothing():
    owned = "SELECT tablename FROM pg_tables WHERE tableowner = 'iop_app'"
    assert ask(owned) == []
    [role] = ask(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles"
        " WHERE rolname = 'iop_app'"
    )
    assert role == (False, False, False, False)
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_to("CREATE TABLE public.notes (id int)")


@pytest.mark.django_db
def test_the_tests_and_the_application_act_as_that_role():
    assert ask("SELECT current_user") == [("iop_app",)]


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted([*HISTORY, "accounts_auditevent", "accounts_auditseal"]))
def test_the_past_is_not_changed_by_hand(table: str):
    column = {"accounts_auditevent": "verb", "accounts_auditseal": "digest"}.get(table, "pgh_label")
    for statement in (
        f"UPDATE {table} SET {column} = 'never happened'",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            try_to(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["programs_participant", "programs_enrollment", "accounts_user"])
def test_people_are_never_deleted(table: str):
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            try_to(statement)


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_changes_history_by_accident():
    build.a_participant()
    with as_owner(), pytest.raises(ProgrammingError, match="Cannot update or delete"):
        try_to("DELETE FROM programs_participantevent")


@pytest.mark.django_db(transaction=True)
def test_the_owner_acts_only_inside_the_block():
    with as_owner():
        [(owner, table_owner)] = ask(
            "SELECT current_user, tableowner FROM pg_tables WHERE tablename = 'accounts_user'"
        )
        assert owner == table_owner != "iop_app"
    assert ask("SELECT current_user") == [("iop_app",)]


@pytest.mark.django_db(transaction=True)
def test_granting_again_changes_nothing_and_takes_back_what_is_too_much():
    with as_owner():
        try_to("GRANT DELETE ON accounts_auditevent TO iop_app")
        # As a server of before PostgreSQL 15 leaves it.
        try_to("GRANT CREATE ON SCHEMA public TO PUBLIC")
        grant_to_application()
    assert ask("SELECT has_table_privilege('iop_app', 'accounts_auditevent', 'DELETE')") == [
        (False,)
    ]
    assert ask("SELECT has_schema_privilege('iop_app', 'public', 'CREATE')") == [(False,)]


@pytest.fixture
def two_urls(transactional_db, settings, worker_id: str) -> Iterator[str]:
    """Connect as a login of its own that owns nothing, with DATABASE_OWNER_URL for the owner."""
    login, kept = f"iop_web_{worker_id}", dict(connection.settings_dict)
    with as_owner():
        try:
            try_to(f"DROP ROLE IF EXISTS {login}")
            try_to(f"CREATE ROLE {login} LOGIN PASSWORD 'words for tests' IN ROLE iop_app")
        except ProgrammingError as refusal:
            pytest.skip(f"This server lets us make no login: {refusal}")
    settings.DATABASE_OWNER_URL = _owner_url(kept)
    connection.close()
    options = {key: value for key, value in kept["OPTIONS"].items() if key != "assume_role"}
    connection.settings_dict.update(USER=login, PASSWORD="words for tests", OPTIONS=options)
    try:
        connection.ensure_connection()
        yield login
    except OperationalError as refusal:
        pytest.skip(f"This server lets a new login not in: {refusal}")
    finally:
        connection.close()
        connection.settings_dict.update(kept)
        with as_owner():
            try_to(f"DROP ROLE {login}")


def _owner_url(kept: dict) -> str:
    given = urlsplit(django_settings.DATABASE_URL)
    name = f"{quote(kept['USER'])}:{quote(kept['PASSWORD'])}" if kept["USER"] else ""
    place = given.netloc.rpartition("@")[2]
    return urlunsplit(given._replace(netloc=f"{name}@{place}" if name else place))


def test_with_two_urls_the_application_logs_in_as_itself(two_urls: str):
    assert ask("SELECT current_user, session_user") == [(two_urls, two_urls)]
    participant = build.a_participant()
    Participant.objects.update(preferred_name="Addie")
    assert participant.events.count() == 2
    with pytest.raises(ProgrammingError, match="permission denied"):
        AuditEvent.objects.update(verb="nothing")
    with pytest.raises(ProgrammingError, match="permission denied"):
        User.objects.all()._raw_delete("default")


def test_with_two_urls_the_owner_still_migrates(two_urls: str):
    with as_owner():
        [(user,)] = ask("SELECT tableowner FROM pg_tables WHERE tablename = 'accounts_user'")
        assert ask("SELECT current_user") == [(user,)]
        grant_to_application()
    assert ask("SELECT current_user") == [(two_urls,)]
    assert ask("SELECT has_table_privilege('accounts_user', 'DELETE')") == [(False,)]
