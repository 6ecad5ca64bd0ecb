"""Reads statements back: which one a file is taken with, and what it says of the notice."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from programs.disclosing.notice import Notice, notice_words
from programs.models import Agreement, Basis, Disclosure, Participant, Program, Recipient
from programs.weeks import local_date

# How long a statement waits for its file.
FRESH = timedelta(minutes=10)


def kept_people(public_ids: Iterable[uuid.UUID]) -> list[Participant]:
    """Return the people, each once, by name; of a duplicate the record that is kept."""
    found = Participant.objects.filter(public_id__in=set(public_ids))
    kept = {each.kept.pk: each.kept for each in found.select_related("merged_into")}
    return sorted(kept.values(), key=lambda each: (each.last_name, each.first_name, each.pk))


def asked_for(path: str, query: QueryDict) -> str:
    """Return the address, and of the question behind it the SHA-256, which only we can make.

    A question may hold a name that was searched for, and names are soon tried out. In which order
    it names what it asks makes no difference.
    """
    if not query:
        return path
    asked = urlencode([(name, query.getlist(name)) for name in sorted(query)], doseq=True)
    return f"{path}?{salted_hmac('disclosure.question', asked, algorithm='sha256').hexdigest()}"


def stated_here(
    request: HttpRequest, program: Program, asked: str, *, now: datetime
) -> Disclosure | None:
    """Return the person's own fresh statement for this question, locked; None where it is none.

    A second taking waits for the first one to end, and finds nothing.
    """
    with suppress(ValueError):
        waiting = Disclosure.objects.visible_to(request.user).waiting(  # type: ignore[arg-type]
            by=request.user,  # type: ignore[arg-type]
            path=asked_for(request.path, request.GET),
            since=now - FRESH,
        )
        mine = waiting.filter(program=program, public_id=uuid.UUID(asked))
        return mine.select_for_update(of=("self",), no_key=True).first()
    return None


def rests_still(stated: Disclosure, *, now: datetime) -> bool:
    """Whether each release it rests on is in force at this moment."""
    if stated.basis != Basis.CONSENT:
        return True
    day = local_date(now, stated.program.zone)
    in_force = Agreement.objects.in_force(day)
    resting = stated.disclosed.filter(agreement__isnull=False)
    return not resting.exclude(agreement__in=in_force).exists()


def notice_of(stated: Disclosure, *, is_discreet: bool) -> Notice | None:
    """Return the notice for its pages; with a consent, also how far it reaches (2.32(b))."""
    if is_discreet and stated.recipient == Recipient.PARTICIPANT:
        return None
    return Notice(notice_words(), _rests_on(stated) if stated.basis == Basis.CONSENT else "")


def _rests_on(stated: Disclosure) -> str:
    releases = [each.agreement for each in stated.disclosed.select_related("agreement")]
    if len(releases) != 1 or releases[0] is None:
        words = _("Rests on each person’s release of information to %(recipient)s.")
        return words % {"recipient": stated.recipient_name}
    release = releases[0]
    words = _("Rests on the release of %(day)s to %(recipient)s for %(purpose)s: %(scope)s")
    return words % {
        "day": date_format(release.given_on, "DATE_FORMAT"),
        "recipient": release.recipient,
        "purpose": release.purpose,
        "scope": release.scope,
    }
