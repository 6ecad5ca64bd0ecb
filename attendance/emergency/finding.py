"""Whom a last name and a birth date find, anywhere in the clinic, and whose program answers."""

from __future__ import annotations

from datetime import date

from programs.models import Enrollment, Participant, Program, Referral


def found_exactly(*, last_name: str, birth_date: date, first_name: str = "") -> list[Participant]:
    """Return the records that are kept of everybody who fits; both must be whole.

    The first name, or the one they go by, tells two people apart who share the rest.
    """
    fit = Participant.objects.filter(
        last_name__iexact=last_name.strip(), birth_date=birth_date
    ).select_related("merged_into")
    called = first_name.strip().casefold()
    kept = {
        each.kept.pk: each.kept
        for each in fit
        if not called or called in (each.first_name.casefold(), each.preferred_name.casefold())
    }
    return [kept[key] for key in sorted(kept)]


def program_for(person: Participant, asked_from: Program, *, today: date) -> Program | None:
    """Return the program whose directors are told: one's own, where the person is known there.

    Else the one they are in today, else the last they were in or called; None where there is none.
    """
    episodes = Enrollment.objects.of_person(person).select_related("program__site")
    referrals = Referral.objects.filter(participant=person).select_related("program__site")
    stays = sorted(episodes, key=lambda each: (_covers(each, today), each.admitted_on, each.pk))
    programs = [each.program for each in referrals.order_by("pk")]
    programs += [each.program for each in stays]
    if asked_from in programs:
        return asked_from
    return programs[-1] if programs else None


def _covers(episode: Enrollment, day: date) -> bool:
    last_on = episode.discharged_on
    return episode.admitted_on <= day and (last_on is None or last_on >= day)
