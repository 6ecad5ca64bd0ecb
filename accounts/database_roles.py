"""Two ways to be in the database: the owner, who migrates, and the application, who may little.

The application's role owns no table. It may read and add anywhere, change what is not a record
of the past, and delete only what is not clinical. Audit and history rows it may only add.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
from django.apps import apps
from django.conf import settings
from django.db import connection

# Rows that are not clinical, or (a mark undone: records, presences) that history keeps and a
# signature then freezes; rules that have not begun; enrollments half filled in; drafts and plans
# of lessons (what is published or taught, triggers keep).
DELETABLE = {
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
# What DATABASE_OWNER_URL says otherwise than DATABASE_URL; the database is the same.
OWNERS = ("USER", "PASSWORD", "HOST", "PORT")
READ_ONLY = {"django_migrations", "pghistory_context"}

CREATE_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
        CREATE ROLE {role} NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another process was first
END $$;
DO $$ BEGIN
    IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN
        GRANT {role} TO CURRENT_USER;
    END IF;
END $$;
"""

# Ways around a trigger that PostgreSQL and pgtrigger would leave to anybody: to tell it to look
# away, and to put a temporary table in the place of the one it asks. And one that a server of
# before PostgreSQL 15 leaves: a function of one's own that the owner's functions would call.
NO_WAY_AROUND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
LANGUAGE plpgsql AS $$ BEGIN RETURN FALSE; END $$;
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
"""


@contextmanager
def as_owner() -> Iterator[None]:
    """Act as the tables' owner inside the block, with a connection of its own."""
    kept = dict(connection.settings_dict)
    connection.close()
    options = {**kept.get("OPTIONS", {})}
    options.pop("assume_role", None)
    connection.settings_dict["OPTIONS"] = options
    if settings.DATABASE_OWNER_URL:
        # Its server, too: where the application's login goes through a pool, migrating must not.
        owner: dict[str, Any] = {**dj_database_url.parse(settings.DATABASE_OWNER_URL)}
        connection.settings_dict.update({key: owner[key] for key in OWNERS if owner[key]})
    try:
        yield
    finally:
        connection.close()
        for key in ("OPTIONS", *OWNERS):
            connection.settings_dict[key] = kept[key]


def append_only_tables() -> set[str]:
    """Return the tables where a row, once written, stays as it is: the trail and row history."""
    history = {
        model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")
    }
    return history | {"accounts_auditevent", "accounts_auditseal", "programs_disclosedperson"}


def grant_to_application() -> None:
    """Give the application's role exactly what it may do. Run as the owner, after migrating."""
    role = settings.APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute(CREATE_ROLE.format(role=role))
        quote = connection.ops.quote_name
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        fixed = append_only_tables()
        for table in connection.introspection.table_names(cursor):
            allowed = _allowed(table, fixed)
            cursor.execute(f"REVOKE ALL ON {quote(table)} FROM {role}")
            cursor.execute(f"GRANT {', '.join(allowed)} ON {quote(table)} TO {role}")
        # Anew each time: a restored database has no rights but those given here.
        cursor.execute("REVOKE ALL ON FUNCTION public.make_audit_partitions(date) FROM PUBLIC")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION public.make_audit_partitions(date) TO {role}")
        cursor.execute(NO_WAY_AROUND)


def _allowed(table: str, append_only: set[str]) -> list[str]:
    if table in READ_ONLY:
        return ["SELECT"]
    if table in append_only:
        return ["SELECT", "INSERT"]
    if table in DELETABLE:
        return ["SELECT", "INSERT", "UPDATE", "DELETE"]
    return ["SELECT", "INSERT", "UPDATE"]
