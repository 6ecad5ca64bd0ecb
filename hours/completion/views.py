"""Whether somebody has completed the program, and the certificate."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from hours.completion.actions import issue_certificate
from hours.completion.certificate import pdf_of_certificate
from hours.completion.forms import CertificateForm
from hours.completion.page import completion_page, everyone_page
from hours.completion.reading import CompletionStanding, standing_of
from hours.completion.whose import certificate_of, person_of
from programs.access import needs
from programs.disclosing.grounds import TO_PARTICIPANT
from programs.disclosing.leaving import leaves
from programs.models import Enrollment, Participant, Program
from programs.person_frame import PersonFrame, person_frame
from programs.plan.episodes import chosen_episode, episode_among, episode_links
from programs.table_file import file_answer
from programs.weeks import local_date
from programs.whose import episodes_of

PAGE = "completion:completion"
LANGUAGES = ("en", "es")


@require_safe
@needs("coverage.read")
def everyone(request: HttpRequest, program: Program) -> HttpResponse:
    """Show who is near completion."""
    with timezone.override(program.zone):
        page = everyone_page(program=program, access=request.access, now=timezone.now())  # type: ignore[attr-defined]
        return render(request, "completion/everyone.html", {"page": page})


@require_safe
@needs("coverage.read")
def completion(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show how far somebody is with each criterion; the trail says that it was read."""
    access, now = request.access, timezone.now()  # type: ignore[attr-defined]
    person = person_of(access, program, participant_id, now=now)
    episodes = episodes_of(person, program)
    episode = chosen_episode(episodes, request.GET.get("episode", ""))
    _audit_read(request, program, person)
    shown: dict[str, object] = {"frame": _frame(request, program, person)}
    if episode and (standing := standing_of(episode, now=now)):
        url = reverse(PAGE, args=[program.public_id, person.public_id])
        links = episode_links(episodes, episode, url)
        shown["page"] = completion_page(standing, person, links=links, access=access)
    return render(request, "completion/completion.html", shown)


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@needs("certificates.issue")
def issue(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, episode_id: uuid.UUID
) -> HttpResponse:
    """Give the certificate of an episode, with a reason where something is open."""
    access, now = request.access, timezone.now()  # type: ignore[attr-defined]
    person = person_of(access, program, participant_id, now=now)
    episode = episode_among(episodes_of(person, program), episode_id)
    standing = standing_of(episode, now=now)
    if standing is None:
        raise Http404
    form = CertificateForm(
        request.POST or None,
        enrollment=episode,
        today=local_date(now, program.zone),
        is_complete=standing.readiness.is_complete,
    )
    if form.is_valid() and _is_issued(request, form, episode, now):
        messages.success(request, _("The certificate is given."))
        return redirect(_back(program, person, episode))
    return _form_page(request, person, standing, form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("coverage.read")
@leaves(_lazy("Certificate of completion"), usually=TO_PARTICIPANT, is_discreet=True)
def certificate(
    request: HttpRequest, program: Program, certificate_id: uuid.UUID, language: str
) -> HttpResponse:
    """Hand out the certificate in English or Spanish, and put it on the trail."""
    if language not in LANGUAGES:
        raise Http404
    found = certificate_of(request.access, program, certificate_id, now=timezone.now())  # type: ignore[attr-defined]
    request.leaving.holds([found.enrollment.participant.public_id])  # type: ignore[attr-defined]
    with timezone.override(program.zone), translation.override(language):
        response = file_answer(pdf_of_certificate(found), name="certificate", kind="pdf")
    write_audit(
        "certificate.exported",
        by=request.user,  # type: ignore[arg-type]
        subject=found,
        participant_id=found.enrollment.participant.kept.public_id,
        program_id=program.public_id,
        language=language,
    )
    return response


def _is_issued(
    request: HttpRequest, form: CertificateForm, episode: Enrollment, now: datetime
) -> bool:
    try:
        issue_certificate(
            enrollment=episode,
            completed_on=form.cleaned_data["completed_on"],
            reason=form.reason_given,
            now=now,
            by=request.user,  # type: ignore[arg-type]
        )
    except NotKept as refused:
        form.add_refusal(refused)
        return False
    return True


def _form_page(
    request: HttpRequest, person: Participant, standing: CompletionStanding, form: CertificateForm
) -> HttpResponse:
    program = standing.enrollment.program
    _audit_read(request, program, person)
    page = completion_page(standing, person, links=(), access=request.access)  # type: ignore[attr-defined]
    back = _back(program, person, standing.enrollment)
    shown = {"frame": _frame(request, program, person), "page": page, "form": form, "back": back}
    return render(request, "completion/issue.html", shown)


def _back(program: Program, person: Participant, episode: Enrollment) -> str:
    url = reverse(PAGE, args=[program.public_id, person.public_id])
    return f"{url}?episode={episode.public_id}"


def _frame(request: HttpRequest, program: Program, person: Participant) -> PersonFrame:
    return person_frame(request.access, program, person, here="coverage:person")  # type: ignore[attr-defined]


def _audit_read(request: HttpRequest, program: Program, person: Participant) -> None:
    write_audit(
        "participant.read",
        by=request.user,  # type: ignore[arg-type]
        participant_id=person.public_id,
        program_id=program.public_id,
        page="completion",
    )
