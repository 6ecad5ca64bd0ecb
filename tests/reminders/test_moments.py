"""When messages go out: a table of cases, and any case against a clock watched minute by minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from programs.weeks import instant
from reminders.models import ReminderRule
from reminders.planning.moments import change_moment, is_quiet, moments_of, weekly_moment

CHICAGO, NEW_YORK, PHOENIX, ANCHORAGE, HONOLULU, TOKYO = (
    ZoneInfo(name)
    for name in (
        "America/Chicago",
        "America/New_York",
        "America/Phoenix",
        "America/Anchorage",
        "Pacific/Honolulu",
        "Asia/Tokyo",
    )
)
USUAL: dict = {}
MORNING_ONLY = {"minutes_before": None, "evening_at": time(7)}
NO_EVENING = {"evening_at": None}
NOTHING = {"evening_at": None, "minutes_before": None}
LATE = {"evening_at": time(22)}
AT_NIGHT = {"quiet_from": time(1), "quiet_until": time(5)}
# Times that the change of the clocks makes happen twice, or not at all.
TWICE = {"quiet_from": time(1, 30), "quiet_until": time(2, 30)}
NOT_AT_ALL = {"evening_at": time(2, 30), "quiet_from": time(2, 15), "quiet_until": time(2, 45)}
NEARLY_ALWAYS = {"quiet_from": time(9), "quiet_until": time(8, 30)}


def at(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant of "11-22 18:00" in 2026, by the clock of the zone."""
    day, clock = text.split()
    return instant(date.fromisoformat(f"2026-{day}"), time.fromisoformat(clock), zone)


# What is due, until when: by the clock of the site. The first session is of the date named first.
CASES = [
    # --- an ordinary Monday -----------------------------------------------------------------------
    ("the evening before, two hours before", "11-23 17:30", CHICAGO, CHICAGO, USUAL,
     ["evening 11-22 18:00 11-22 21:00", "soon 11-23 15:30 11-23 17:30"]),
    ("two hours before nine is night: it joins the evening", "11-23 09:00", CHICAGO, CHICAGO, USUAL,
     ["evening 11-22 18:00 11-22 21:00"]),
    ("the first minute that is not quiet", "11-23 10:00", CHICAGO, CHICAGO, USUAL,
     ["evening 11-22 18:00 11-22 21:00", "soon 11-23 08:00 11-23 10:00"]),
    ("it joins an evening that there is for it alone", "11-23 09:00", CHICAGO, CHICAGO, NO_EVENING,
     ["evening 11-22 18:00 11-22 21:00"]),
    ("without the evening", "11-23 17:30", CHICAGO, CHICAGO, NO_EVENING,
     ["soon 11-23 15:30 11-23 17:30"]),
    ("nothing at all", "11-23 09:00", CHICAGO, CHICAGO, NOTHING, []),
    ("an evening in quiet hours comes an hour before them", "11-23 17:30", CHICAGO, CHICAGO, LATE,
     ["evening 11-22 20:00 11-22 21:00", "soon 11-23 15:30 11-23 17:30"]),
    ("so early that it is on the date before", "11-23 17:30", CHICAGO, CHICAGO, MORNING_ONLY,
     ["evening 11-21 20:00 11-21 21:00"]),
    ("only the day's end stops what is due in the evening", "11-23 22:30", CHICAGO, CHICAGO, USUAL,
     ["evening 11-22 18:00 11-22 21:00", "soon 11-23 20:30 11-23 21:00"]),
    # --- quiet hours that do not cross midnight ---------------------------------------------------
    ("quiet from one to five", "11-23 06:00", CHICAGO, CHICAGO, AT_NIGHT,
     ["evening 11-22 18:00 11-23 01:00"]),
    ("and not at six", "11-23 08:00", CHICAGO, CHICAGO, AT_NIGHT,
     ["evening 11-22 18:00 11-23 01:00", "soon 11-23 06:00 11-23 08:00"]),
    ("nearly always quiet: the half hour before", "11-23 17:30", CHICAGO, CHICAGO, NEARLY_ALWAYS,
     ["evening 11-22 08:30 11-22 09:00"]),
    # --- the clocks go forward in the night to March 8 --------------------------------------------
    ("the evening before the short day", "03-08 17:30", CHICAGO, CHICAGO, USUAL,
     ["evening 03-07 18:00 03-07 21:00", "soon 03-08 15:30 03-08 17:30"]),
    ("two hours before are three on the wall, and night", "03-08 04:00", CHICAGO, CHICAGO, AT_NIGHT,
     ["evening 03-07 18:00 03-08 01:00"]),
    ("the day after", "03-09 17:30", CHICAGO, CHICAGO, USUAL,
     ["evening 03-08 18:00 03-08 21:00", "soon 03-09 15:30 03-09 17:30"]),
    # --- the clocks go back in the night to November 1 --------------------------------------------
    ("the evening before the long day", "11-01 17:30", CHICAGO, CHICAGO, USUAL,
     ["evening 10-31 18:00 10-31 21:00", "soon 11-01 15:30 11-01 17:30"]),
    ("the day after", "11-02 17:30", CHICAGO, CHICAGO, USUAL,
     ["evening 11-01 18:00 11-01 21:00", "soon 11-02 15:30 11-02 17:30"]),
    # --- Arizona keeps its clocks -----------------------------------------------------------------
    ("Phoenix, the day on which others changed", "03-08 17:30", PHOENIX, PHOENIX, USUAL,
     ["evening 03-07 18:00 03-07 21:00", "soon 03-08 15:30 03-08 17:30"]),
    ("Phoenix in November", "11-01 09:30", PHOENIX, PHOENIX, USUAL,
     ["evening 10-31 18:00 10-31 21:00"]),
    # --- a recipient in another zone: quiet hours are theirs, everything else the site's ----------
    ("New York is quiet an hour earlier", "11-23 10:30", CHICAGO, NEW_YORK, USUAL,
     ["evening 11-22 18:00 11-22 20:00", "soon 11-23 08:30 11-23 10:30"]),
    ("eight in the evening is nine in New York", "11-23 17:30", CHICAGO, NEW_YORK,
     {"evening_at": time(20)}, ["evening 11-22 19:00 11-22 20:00", "soon 11-23 15:30 11-23 17:30"]),
    ("half past nine is not too early in New York", "11-23 09:30", CHICAGO, NEW_YORK, USUAL,
     ["evening 11-22 18:00 11-22 20:00", "soon 11-23 07:30 11-23 09:30"]),
    ("Anchorage sleeps three hours longer", "11-23 12:30", CHICAGO, ANCHORAGE, USUAL,
     ["evening 11-22 18:00 11-23 00:00"]),
    ("Honolulu is an hour behind Phoenix, and three", "03-09 11:00", PHOENIX, HONOLULU, USUAL,
     ["evening 03-08 18:00 03-09 00:00"]),
    ("Phoenix seen from Chicago, before Chicago changes", "03-07 12:00", CHICAGO, PHOENIX, USUAL,
     ["evening 03-06 18:00 03-06 22:00", "soon 03-07 10:00 03-07 12:00"]),
    ("and after: nine in Chicago is seven in Phoenix", "03-08 11:00", CHICAGO, PHOENIX, USUAL,
     ["evening 03-07 18:00 03-07 22:00"]),
    ("six in the evening is nine in the morning in Tokyo", "11-23 17:30", CHICAGO, TOKYO, USUAL,
     ["evening 11-22 18:00 11-23 06:00"]),
]  # fmt: skip


@pytest.mark.parametrize(("first", "site", "zone", "rule", "due"), [each[1:] for each in CASES],
                         ids=[each[0] for each in CASES])  # fmt: skip
def test_the_moments_of_a_day(first, site, zone, rule, due):
    starts_at = at(first, site)
    day = starts_at.astimezone(site).date()
    found = moments_of(day, starts_at, site_zone=site, zone=zone, rule=ReminderRule(**rule))
    wall = [
        f"{each.kind} {each.due_at.astimezone(site):%m-%d %H:%M}"
        f" {each.expires_at.astimezone(site):%m-%d %H:%M}"
        for each in found
    ]
    assert wall == due


@pytest.mark.parametrize(
    ("weekly_on", "first_on", "zone", "due_at"),
    [
        # The Sunday before a week that begins on a Monday; the same one where it begins on it.
        (6, "2026-11-23", CHICAGO, "11-22 17:00"),
        (6, "2026-11-22", CHICAGO, "11-22 17:00"),
        (4, "2026-11-23", CHICAGO, "11-20 17:00"),
        (0, "2026-11-23", CHICAGO, "11-23 17:00"),
        # Both changes of the clocks; it goes out earlier where the recipient sleeps.
        (6, "2026-03-09", CHICAGO, "03-08 17:00"),
        (6, "2026-11-02", CHICAGO, "11-01 17:00"),
        (6, "2026-11-23", ZoneInfo("Europe/Berlin"), "11-22 13:00"),
        (None, "2026-11-23", CHICAGO, None),
    ],
)
def test_the_week_ahead(weekly_on, first_on, zone, due_at):
    rule = ReminderRule(weekly_on=weekly_on)
    first = date.fromisoformat(first_on)
    found = weekly_moment(first, site_zone=CHICAGO, zone=zone, rule=rule)
    assert (found.due_at if found else None) == (at(due_at, CHICAGO) if due_at else None)
    assert found is None or found.expires_at == at("11-22 14:00", CHICAGO) or zone == CHICAGO


@pytest.mark.parametrize(
    ("now", "before", "moment"),
    [
        ("11-23 12:00", "11-23 17:30", ("11-23 12:00", "11-23 17:30")),
        ("11-22 20:59", "11-23 17:30", ("11-22 20:59", "11-22 21:00")),
        ("11-22 21:00", "11-23 17:30", ("11-23 08:00", "11-23 17:30")),
        ("11-23 07:59", "11-23 08:01", ("11-23 08:00", "11-23 08:01")),
        # In the night before an early session there is no moment left.
        ("11-22 23:00", "11-23 08:00", None),
        ("11-23 12:00", "11-23 12:00", None),
        # The night on which the clocks go back lasts an hour longer.
        ("10-31 23:00", "11-01 09:00", ("11-01 08:00", "11-01 09:00")),
    ],
)
def test_a_change_is_told_now_or_when_the_night_is_over(now, before, moment):
    found = change_moment(
        at(now, CHICAGO), before=at(before, CHICAGO), zone=CHICAGO, rule=ReminderRule()
    )
    told = (found.due_at, found.expires_at) if found else None
    assert told == (tuple(at(each, CHICAGO) for each in moment) if moment else None)


# --- any case, watched minute by minute ---------------------------------------------------------

QUARTERS = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
ZONES = st.sampled_from([CHICAGO, NEW_YORK, PHOENIX, HONOLULU, TOKYO])
# Around both changes of the clocks, and on any other date.
DAYS = (
    st.sampled_from([date(2026, 3, 8), date(2026, 11, 1)]).flatmap(
        lambda day: st.integers(-2, 2).map(lambda ahead: day + timedelta(days=ahead))
    )
    | st.dates(date(2026, 1, 5), date(2026, 12, 20))
)  # fmt: skip
RULES = st.builds(
    ReminderRule,
    evening_at=st.none() | QUARTERS,
    minutes_before=st.none() | st.sampled_from([15, 60, 120, 720]),
    quiet_from=QUARTERS,
    quiet_until=QUARTERS,
).filter(lambda rule: rule.quiet_from != rule.quiet_until)
MINUTE = timedelta(minutes=1)


def is_quiet_on_the_wall(moment: datetime, zone: ZoneInfo, rule: ReminderRule) -> bool:
    """Look at a clock on the recipient's wall; it knows nothing of dates."""
    clock = moment.astimezone(zone).time()
    if rule.quiet_from < rule.quiet_until:
        return rule.quiet_from <= clock < rule.quiet_until
    return clock >= rule.quiet_from or clock < rule.quiet_until


@settings(max_examples=60)
@given(DAYS, QUARTERS, ZONES, ZONES, RULES)
@example(date(2026, 11, 1), time(17, 30), CHICAGO, CHICAGO, ReminderRule(**AT_NIGHT))
@example(date(2026, 11, 1), time(2), CHICAGO, CHICAGO, ReminderRule(minutes_before=60, **TWICE))
@example(date(2026, 3, 8), time(17, 30), CHICAGO, CHICAGO, ReminderRule(**NOT_AT_ALL))
def test_never_at_night_never_after_the_start_and_never_later_than_asked(
    day, starts, site, zone, rule
):
    starts_at = instant(day, starts, site)
    found = {
        str(each.kind): each
        for each in moments_of(day, starts_at, site_zone=site, zone=zone, rule=rule)
    }
    for each in found.values():
        assert each.due_at < each.expires_at <= starts_at
        minute = each.due_at
        while minute < each.expires_at:
            assert not is_quiet_on_the_wall(minute, zone, rule)
            minute += MINUTE
        # It stays allowed for as long as it can be: until the night, or the start.
        assert each.expires_at == starts_at or is_quiet(each.expires_at, zone, rule)
    soon_at = starts_at - timedelta(minutes=rule.minutes_before or 0)
    is_soon = rule.minutes_before is not None and not is_quiet(soon_at, zone, rule)
    assert ("soon" in found) == is_soon
    assert not is_soon or found["soon"].due_at == soon_at
    joins = rule.minutes_before is not None and not is_soon
    assert ("evening" in found) == (rule.evening_at is not None or joins)
    if "evening" in found:
        asked = instant(day - timedelta(days=1), rule.evening_at or time(18), site)
        due_at = found["evening"].due_at
        assert due_at <= asked
        assert due_at == asked or is_quiet(asked, zone, rule)
        assert asked - due_at <= timedelta(hours=25)


@settings(max_examples=60)
@given(DAYS, QUARTERS, ZONES, RULES)
def test_what_the_wall_calls_quiet_is_quiet(day, clock, zone, rule):
    moment = instant(day, clock, zone)
    on_the_wall = is_quiet_on_the_wall(moment, zone, rule)
    assert is_quiet(moment, zone, rule) or not on_the_wall
    # It is quiet for longer only within an hour of a change of the clocks.
    offsets = {(moment + hours).astimezone(zone).utcoffset() for hours in
               (timedelta(hours=-25), timedelta(hours=25))}  # fmt: skip
    assert len(offsets) > 1 or is_quiet(moment, zone, rule) == on_the_wall
