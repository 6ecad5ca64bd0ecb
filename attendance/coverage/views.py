"""The doorways to coverage: the map, one lesson, one person, a seat, a waiver."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from attendance.check_ins.whose import person_of
from attendance.coverage.actions import take_back_waiver, waive_lesson
from attendance.coverage.forms import MapForm, WaiveForm
from attendance.coverage.lesson_page import lesson_page
from attendance.coverage.map_files import file_of
from attendance.coverage.map_page import groups_in_sight, map_page, shown_coverage
from attendance.coverage.person_page import person_page
from attendance.coverage.whose import READ, group_in_sight, lesson_in_sight
from attendance.models import LessonWaiver
from groups.making_up.actions import take_seat
from groups.models import GroupSession, TherapyGroup
from groups.schedule.edit import CannotSchedule
from programs.access import Access, needs
from programs.disclosing.leaving import leaves
from programs.models import Enrollment, Participant, Program
from programs.person_frame import person_frame
from programs.plan.episodes import chosen_episode, episode_links
from programs.table_file import file_answer
from programs.whose import episodes_of

PAGE = "coverage:person"
Ids = uuid.UUID


@require_safe
@needs(READ)
def program(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the program's people by lessons; a group that is asked for has its own page."""
    form = _map_form(request, program)
    if chosen := form.asked("group"):
        asked = request.GET.copy()
        del asked["group"]
        page = reverse("coverage:group", args=[program.public_id, chosen.public_id])
        return redirect(f"{page}?{asked.urlencode()}")
    return _map(request, program, None, form)


@require_safe
@needs(READ)
def group(request: HttpRequest, program: Program, group_id: Ids) -> HttpResponse:
    """Show the people who are in the group now, by lessons."""
    found = group_in_sight(_access(request), program, group_id)
    return _map(request, program, found, _map_form(request, program, found))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(READ)
@leaves(_lazy("Lessons by person, as CSV"))
def csv(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out what the map shows as a CSV file, and put it on the trail."""
    return _export(request, program, "csv")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(READ)
@leaves(_lazy("Lessons by person, as a workbook"))
def xlsx(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out what the map shows as a workbook, and put it on the trail."""
    return _export(request, program, "xlsx")


@require_safe
@needs(READ)
def lesson(request: HttpRequest, program: Program, lesson_id: Ids) -> HttpResponse:
    """Show who is missing a lesson, and which coming session would give it to them."""
    access = _access(request)
    found = lesson_in_sight(access, program, lesson_id)
    page = lesson_page(program, found, access=access, now=timezone.now())
    _put_on_trail(request, program, "coverage.read", lesson=str(found.public_id))
    return render(request, "coverage/lesson.html", {"page": page})


@require_safe
@needs(READ)
def person(request: HttpRequest, program: Program, participant_id: Ids) -> HttpResponse:
    """Show where one person stands with every lesson, in the latest or the chosen episode."""
    access = _access(request)
    found = person_of(access, program, participant_id, action=READ)
    episodes = episodes_of(found, program)
    episode = chosen_episode(episodes, request.GET.get("episode", ""))
    shown: dict[str, Any] = {"frame": person_frame(access, program, found, here=PAGE)}
    if episode:
        url = reverse(PAGE, args=[program.public_id, found.public_id])
        links = episode_links(episodes, episode, url)
        shown["page"] = person_page(
            program, episode, links=links, access=access, now=timezone.now()
        )
    _audit_read(request, program, found)
    return render(request, "coverage/person.html", shown)


@require_POST
@needs("makeup.book")
def book(
    request: HttpRequest, program: Program, enrollment_id: Ids, session_id: Ids
) -> HttpResponse:
    """Book a seat in a session for somebody, then back to the page that offered it."""
    user = _access(request).user
    enrollments = Enrollment.objects.visible_to(user).filter(program=program)
    enrollment = get_object_or_404(
        enrollments.select_related("participant__merged_into"), public_id=enrollment_id
    )
    sessions = GroupSession.objects.visible_to(user).filter(group__program=program)
    session = get_object_or_404(sessions.select_related("group"), public_id=session_id)
    try:
        take_seat(session=session, enrollment=enrollment, now=timezone.now(), by=user)
        messages.success(request, _("The seat is booked. They are on the session’s sheet now."))
    except CannotSchedule as refused:
        for words in refused.words.values():
            messages.error(request, " ".join(str(each) for each in words))
    return redirect(_back(request, program, enrollment.participant.kept))


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("lessons.waive")
def waive(
    request: HttpRequest, program: Program, participant_id: Ids, lesson_id: Ids
) -> HttpResponse:
    """Ask why the lesson need not be heard, and waive it."""
    access, form = _access(request), WaiveForm(request.POST or None)
    found, episode = _episode(request, program, participant_id)
    asked = lesson_in_sight(access, program, lesson_id)
    if form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        try:
            waive_lesson(enrollment=episode, lesson=asked, reason=reason, now=now, by=access.user)
            messages.success(request, _("The lesson is waived."))
            return redirect(_url(program, found, episode))
        except NotKept as refused:
            form.add_refusal(refused)
    _audit_read(request, program, found)
    shown = {"form": form, "lesson": asked, "here": {"back": _url(program, found, episode)}}
    frame = person_frame(access, program, found, here=PAGE)
    return render(request, "coverage/waive.html", {"frame": frame, **shown})


@require_POST
@needs("lessons.waive")
def take_back(
    request: HttpRequest, program: Program, participant_id: Ids, waiver_id: Ids
) -> HttpResponse:
    """Ask the lesson of the person again."""
    access = _access(request)
    found = person_of(access, program, participant_id, action="lessons.waive")
    waivers = LessonWaiver.objects.visible_to(access.user).filter(
        enrollment__in=episodes_of(found, program)
    )
    waiver = get_object_or_404(waivers.select_related("enrollment"), public_id=waiver_id)
    take_back_waiver(waiver=waiver, now=timezone.now(), by=access.user)
    messages.success(request, _("The waiver is taken back. The lesson is asked of them again."))
    return redirect(_url(program, found, waiver.enrollment))


def _access(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def _map_form(request: HttpRequest, program: Program, group: TherapyGroup | None = None) -> MapForm:
    data = request.GET.copy()
    if group is not None:
        data["group"] = str(group.public_id)
    return MapForm(data, program=program, groups=groups_in_sight(_access(request), program))


def _map(
    request: HttpRequest, program: Program, group: TherapyGroup | None, form: MapForm
) -> HttpResponse:
    page = map_page(program, group, form, access=_access(request), now=timezone.now())
    _put_on_trail(request, program, "coverage.read", people=len(page.rows))
    return render(request, "coverage/program.html", {"page": page})


def _export(request: HttpRequest, program: Program, kind: str) -> HttpResponse:
    form, access, now = _map_form(request, program), _access(request), timezone.now()
    chosen = form.asked("group")
    covered, lines = shown_coverage(program, chosen, form, access=access, now=now)
    request.leaving.holds(line.person.participant_id for line in lines)  # type: ignore[attr-defined]
    _put_on_trail(request, program, "coverage.exported", kind=kind, people=len(lines))
    content = file_of(covered, lines, kind=kind)
    return file_answer(content, name=f"coverage-{program.code}", kind=kind)


def _episode(
    request: HttpRequest, program: Program, participant_id: Ids
) -> tuple[Participant, Enrollment]:
    found = person_of(_access(request), program, participant_id, action="lessons.waive")
    episode = chosen_episode(episodes_of(found, program), request.GET.get("episode", ""))
    if episode is None:
        raise Http404
    return found, episode


def _url(program: Program, person: Participant, episode: Enrollment) -> str:
    url = reverse(PAGE, args=[program.public_id, person.public_id])
    return f"{url}?episode={episode.public_id}"


def _back(request: HttpRequest, program: Program, person: Participant) -> str:
    """Return the page that offered the seat: one of ours, else the person's."""
    page = request.POST.get("back", "")
    here = reverse("coverage:program", args=[program.public_id])
    is_ours = page.startswith(here) and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours else reverse(PAGE, args=[program.public_id, person.public_id])


def _put_on_trail(request: HttpRequest, program: Program, verb: str, **detail: Any) -> None:
    write_audit(verb, by=_access(request).user, program_id=program.public_id, **detail)


def _audit_read(request: HttpRequest, program: Program, person: Participant) -> None:
    write_audit(
        "participant.read",
        by=_access(request).user,
        participant_id=person.public_id,
        program_id=program.public_id,
        page="coverage",
    )
