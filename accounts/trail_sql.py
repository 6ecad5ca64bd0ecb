"""The statements that sealing the trail and walking along its seals are made of."""

from __future__ import annotations

from accounts.seal_form import AS_TEXT

# Of two sealers, one does the work; nobody else ever waits for this.
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('accounts.seal_trail'))"

# What seals from a moment on hold, as one value: a line is looked up in it by halving, a hundred
# times faster than in the seals' index. Seals are numbered as time goes, so few rows are read; an
# hour more than asked for makes up for clocks that differ.
HELD_SINCE = """
WITH held AS MATERIALIZED (
    SELECT coalesce(range_agg(s.ids), '{}'::int8multirange) AS ids
      FROM accounts_auditseal s
     WHERE s.number > coalesce((
           SELECT o.number FROM accounts_auditseal o
            WHERE o.sealed_at < %(since)s::timestamptz - interval '1 hour'
            ORDER BY o.number DESC LIMIT 1), 0))"""
UNSEALED = f"""{HELD_SINCE}
SELECT {AS_TEXT} FROM accounts_auditevent e, held
 WHERE e.id > %(after)s AND e.at >= %(since)s::timestamptz AND NOT e.id <@ held.ids
 ORDER BY e.id LIMIT %(most)s"""
OF_SEALS = f"""
SELECT {AS_TEXT}, e.at
  FROM unnest(%s::int8multirange) part
  JOIN accounts_auditevent e ON e.id >= lower(part) AND e.id < upper(part)
 ORDER BY e.id, e.at"""
# All that seals hold, as one value: far smaller than one look into the seals for each line.
NOT_HELD = """
WITH held AS MATERIALIZED (
    SELECT coalesce(range_agg(s.ids), '{}'::int8multirange) AS ids FROM accounts_auditseal s)
SELECT e.id, e.at FROM accounts_auditevent e, held
 WHERE NOT e.id <@ held.ids AND e.at >= %s::timestamptz ORDER BY e.id"""
HELD_TWICE = """
SELECT b.number, lower(a.ids * b.ids)
  FROM accounts_auditseal a JOIN accounts_auditseal b ON a.ids && b.ids AND a.number < b.number
 ORDER BY 1 LIMIT 100"""
