"""The trail by months, and the seals over it."""

import django.contrib.postgres.constraints
import django.db.models.expressions
from django.db import migrations, models

import accounts.models.seal

# Identity columns of partitioned tables came with PostgreSQL 17; a sequence of its own is older.
# No foreign key yet: rows that are moved while it waits for its check could not be.
BY_MONTH = """
ALTER TABLE accounts_auditevent RENAME TO accounts_auditevent_whole;
CREATE SEQUENCE accounts_auditevent_number AS bigint;
SELECT setval('accounts_auditevent_number', greatest(
    (SELECT last_value FROM accounts_auditevent_id_seq),
    (SELECT coalesce(max(id), 1) FROM accounts_auditevent_whole)
), (SELECT is_called FROM accounts_auditevent_id_seq));
CREATE TABLE accounts_auditevent (
    id bigint NOT NULL DEFAULT nextval('accounts_auditevent_number'),
    public_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT statement_timestamp(),
    verb varchar(60) NOT NULL,
    subject_kind varchar(40) NOT NULL,
    subject_id uuid,
    participant_id uuid,
    program_id uuid,
    detail jsonb NOT NULL,
    address inet,
    by_id bigint
) PARTITION BY RANGE (at);
CREATE TABLE accounts_auditevent_default PARTITION OF accounts_auditevent DEFAULT;
INSERT INTO accounts_auditevent
    (id, public_id, at, verb, subject_kind, subject_id, participant_id, program_id, detail,
     address, by_id)
SELECT id, public_id, at, verb, subject_kind, subject_id, participant_id, program_id, detail,
       address, by_id
  FROM accounts_auditevent_whole;
DROP TABLE accounts_auditevent_whole;
ALTER SEQUENCE accounts_auditevent_number RENAME TO accounts_auditevent_id_seq;
ALTER SEQUENCE accounts_auditevent_id_seq OWNED BY accounts_auditevent.id;
"""

# A month's lines may have come before its partition: then they lie in the default one and are
# moved. That one is locked for it, for moments, and waited for three seconds at most: pages that
# write meanwhile write into partitions of their own. Months are UTC's.
MAKE_PARTITIONS = """
CREATE FUNCTION public.make_audit_partitions(until date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC'
SET lock_timeout = '3s'
AS $$
DECLARE
    month date;
    part text;
    made integer := 0;
BEGIN
    IF until > current_date + 731 THEN
        RAISE EXCEPTION 'Partitions are made for two years ahead at most, not until %.', until
            USING ERRCODE = 'check_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('make_audit_partitions'));
    FOR month IN
        SELECT generate_series(
            date_trunc('month', now()), date_trunc('month', until::timestamptz), '1 month')::date
        UNION
        (SELECT DISTINCT date_trunc('month', at)::date
           FROM public.accounts_auditevent_default
          WHERE at >= '2000-01-01' AND at < date_trunc('month', now()) + interval '1 month'
          ORDER BY 1 LIMIT 60)
        ORDER BY 1
    LOOP
        part := 'accounts_auditevent_' || to_char(month, '"y"YYYY"m"MM');
        CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
        LOCK TABLE public.accounts_auditevent_default IN ACCESS EXCLUSIVE MODE;
        EXECUTE format('CREATE TABLE public.%I (LIKE public.accounts_auditevent'
            ' INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
        EXECUTE format('WITH moved AS (DELETE FROM public.accounts_auditevent_default'
            ' WHERE at >= %L AND at < %L RETURNING *) INSERT INTO public.%I SELECT * FROM moved',
            month, month + interval '1 month', part);
        EXECUTE format('ALTER TABLE public.accounts_auditevent ATTACH PARTITION public.%I'
            ' FOR VALUES FROM (%L) TO (%L)', part, month, month + interval '1 month');
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION public.make_audit_partitions(date) FROM PUBLIC;
SELECT public.make_audit_partitions((now() + interval '3 months')::date);
"""

# By the names that Django gives them, where it has given some.
KEYS = """
ALTER TABLE accounts_auditevent
    ADD CONSTRAINT accounts_auditevent_pkey PRIMARY KEY (id, at),
    ADD CONSTRAINT accounts_auditevent_public_id_key UNIQUE (public_id, at),
    ADD CONSTRAINT accounts_auditevent_by_id_2f74ee9c_fk_accounts_user_id
        FOREIGN KEY (by_id) REFERENCES accounts_user (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX accounts_auditevent_by_id_2f74ee9c ON accounts_auditevent (by_id);
CREATE INDEX audit_by_participant ON accounts_auditevent (participant_id, at);
CREATE INDEX audit_by_user ON accounts_auditevent (by_id, at);
"""

NEEDS_STOP = "The whole trail is copied into its partitions, and every page writes to the trail."


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_language_pin_and_factor"),
    ]

    operations = [
        migrations.RunSQL(BY_MONTH),
        migrations.RunSQL(MAKE_PARTITIONS),
        migrations.RunSQL(KEYS),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(unique=True)),
                ("sealed_at", models.DateTimeField()),
                ("ids", accounts.models.seal.IdsField()),
                ("count", models.PositiveIntegerField()),
                ("is_whole", models.BooleanField()),
                ("prints", models.BinaryField()),
                ("before", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("ids", "&&")],
                        name="seal_holds_each_line_once",
                        violation_error_message="Another seal holds one of these lines.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("before", ""), ("number", 1)),
                            models.Q(("number__gt", 1), models.Q(("before", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="seal_follows_one",
                        violation_error_message=(
                            "A seal follows the one before it; only the first follows none."
                        ),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1)),
                        name="seal_holds_lines",
                        violation_error_message="A seal holds one line at least.",
                    ),
                ],
            },
        ),
    ]
