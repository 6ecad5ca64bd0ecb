"""Writes a made-up clinic site by site, so that no more than one is held in memory."""

from __future__ import annotations

import time
from collections.abc import Callable

from iop.scale.attended import Attending
from iop.scale.people import add_people
from iop.scale.places import Place, add_program, add_site, add_staff
from iop.scale.size import Size
from iop.scale.tables import Tables
from iop.scale.timetable import add_drop_in, add_tracks
from programs.models import Clinic

Say = Callable[[str], object]
SECONDS_BETWEEN_LINES = 5


def write_clinic(rows: Tables, size: Size, password: str, say: Say) -> None:
    """Write a clinic of this size, and say now and then how far it is."""
    rows[Clinic].add("Made-up clinic")
    began = said = time.monotonic()
    for number in range(1, size.sites + 1):
        write_site(add_site(rows, size, number, password))
        rows.send()
        now = time.monotonic()
        if number == size.sites or now - said > SECONDS_BETWEEN_LINES:
            said = now
            rate = rows.count / max(now - began, 0.001)
            say(
                f"Site {number} of {size.sites}: {rows.count:,} rows,"
                f" {now - began:.0f} s, {rate:,.0f} a second."
            )


def write_site(place: Place) -> None:
    """Add everything that belongs to a site; it waits in the tables to be sent."""
    courses = [add_program(place, each) for each in range(1, place.size.programs_per_site + 1)]
    add_staff(place, courses)
    for course in courses:
        tracks = list(add_tracks(place, course))
        drop_in = add_drop_in(place, course)
        add_people(place, course, tracks)
        Attending(place, drop_in).write(tracks)
