"""How somebody may be reached: a consent is given, or taken back."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programs.access import needs
from programs.agreements.actions import give_consents, withdraw_consents
from programs.agreements.consent_grid import never_asked, purposes_in_force
from programs.agreements.forms import GIVEN, TAKEN_BACK, ConsentForm
from programs.agreements.papers import consents_of
from programs.agreements.reach import addresses
from programs.agreements.views.shown import is_kept, posted, visit
from programs.models import Channel, ConsentPurpose, Program


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.edit")
def give(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Keep for which purposes a channel may be used from now on."""
    visited, channel = visit(request, program, participant_id), _channel(request)
    given = purposes_in_force(consents_of(visited.person), channel)
    form = _form(request, open_to=set(ConsentPurpose) - given, ways=GIVEN)

    def keep() -> None:
        said = {"purposes": form.cleaned_data["purposes"], "taken_how": form.cleaned_data["how"]}
        give_consents(
            person=visited.person, channel=channel, **said, **visited.who, now=timezone.now()
        )

    if given == set(ConsentPurpose):
        return visited.done(_("All of this is in force already."))
    reached_at = addresses(visited.person, channel)
    if reached_at and is_kept(form, keep):
        return visited.done(_("The consent is on record."))
    shown = {"form": form, "channel": channel, "addresses": reached_at}
    return visited.shown("agreements/give.html", "consent", **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.edit")
def withdraw(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Keep for which purposes a channel may not be used, any more or at all, from now on."""
    visited, channel = visit(request, program, participant_id), _channel(request)
    consents = consents_of(visited.person)
    open_to = purposes_in_force(consents, channel) | never_asked(consents, channel)
    form = _form(request, open_to=open_to, ways=TAKEN_BACK)

    def keep() -> None:
        said = {"purposes": form.cleaned_data["purposes"], "how": form.cleaned_data["how"]}
        withdraw_consents(
            person=visited.person, channel=channel, **said, **visited.who, now=timezone.now()
        )

    if not open_to:
        return visited.done(_("None of this is in force any more."))
    if is_kept(form, keep):
        return visited.done(_("Their no is on record. It takes effect at once."))
    return visited.shown("agreements/withdraw.html", "consent", form=form, channel=channel)


def _channel(request: HttpRequest) -> Channel:
    """Return the channel that the address names."""
    try:
        return Channel(request.GET.get("channel", ""))
    except ValueError:
        raise Http404 from None


def _form(request: HttpRequest, *, open_to: set[ConsentPurpose], ways: tuple) -> ConsentForm:
    purpose = request.GET.get("purpose", "")
    return ConsentForm(posted(request), open_to=open_to, purpose=purpose, ways=ways)
