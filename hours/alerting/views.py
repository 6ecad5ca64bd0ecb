"""Alerts: the list, one of them, what is done about it, and one's own digest."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from attendance.whose import refuse_row
from hours.alerting import actions
from hours.alerting.forms import DigestForm, ListForm
from hours.alerting.given import given_words
from hours.alerting.one_page import Forms, forms_of, one_page
from hours.alerting.page import alerts_page
from hours.alerting.reader import Reader
from hours.alerting.whose import alerts_of, with_facts
from hours.models import Alert, Digest
from programs.access import needs
from programs.models import Program
from programs.plan.boxes import RecordForm


@require_safe
@needs("hours.read")
def alerts(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what waits, the worst first."""
    page = alerts_page(_reader(request, program), ListForm(request.GET))
    with timezone.override(program.zone):
        return render(request, "alerts/alerts.html", {"page": page})


@require_safe
@needs("hours.read")
def one(request: HttpRequest, program: Program, alert_id: uuid.UUID) -> HttpResponse:
    """Show one alert: what was found, whose it is, and whether it can wait."""
    reader = _reader(request, program)
    alert = _alert(reader, alert_id)
    return _page(request, alert, reader, forms_of(alert, reader) if reader.may_manage else None)


@require_POST
@needs("alerts.manage")
def give(request: HttpRequest, program: Program, alert_id: uuid.UUID) -> HttpResponse:
    """Give it to somebody, or to nobody."""
    reader = _reader(request, program)
    alert = _alert(reader, alert_id)
    forms = forms_of(alert, reader, sent="give", data=request.POST)

    def keep() -> str:
        to, by = forms.give.to(), reader.access.user
        before = actions.give_alert(alert=alert, to=to, now=reader.now, by=by)
        return given_words(to, before, by=by)

    return _kept(request, alert, reader, forms, forms.give, keep)


@require_POST
@needs("alerts.manage")
def take(request: HttpRequest, program: Program, alert_id: uuid.UUID) -> HttpResponse:
    """Take it oneself, from the list, and go on with the list."""
    reader = _reader(request, program)
    alert, by = _alert(reader, alert_id), reader.access.user
    try:
        before = actions.give_alert(alert=alert, to=by, now=reader.now, by=by)
        messages.success(request, given_words(by, before, by=by))
    except NotKept as refused:
        _say(request, refused)
    here = ListForm(QueryDict(request.POST.get("here", "").removeprefix("?"))).address()
    return redirect(reverse("alerts:alerts", args=[program.public_id]) + here)


@sensitive_post_parameters("snooze-reason")
@require_POST
@needs("alerts.manage")
def snooze(request: HttpRequest, program: Program, alert_id: uuid.UUID) -> HttpResponse:
    """Put it off, with a reason."""
    reader = _reader(request, program)
    alert = _alert(reader, alert_id)
    forms = forms_of(alert, reader, sent="snooze", data=request.POST)

    def keep() -> str:
        said = forms.snooze.cleaned_data
        actions.snooze_alert(alert=alert, **said, today=reader.today, by=reader.access.user)
        return _("It waits until then, and stands below the others.")

    return _kept(request, alert, reader, forms, forms.snooze, keep)


@require_POST
@needs("alerts.manage")
def wake(request: HttpRequest, program: Program, alert_id: uuid.UUID) -> HttpResponse:
    """Let it wait for somebody again."""
    reader = _reader(request, program)
    alert = _alert(reader, alert_id)
    try:
        actions.wake_alert(alert=alert, by=reader.access.user)
        messages.success(request, _("It is among those that wait again."))
    except NotKept as refused:
        _say(request, refused)
    return redirect("alerts:one", program.public_id, alert.public_id)


@require_http_methods(["GET", "POST"])
@needs("digests.own")
def digest(request: HttpRequest, program: Program) -> HttpResponse:
    """Choose when the week in numbers comes by mail."""
    mine = Digest.objects.visible_to(request.user).filter(program=program).first()  # type: ignore[arg-type]
    form = DigestForm(request.POST or None, digest=mine or Digest(program=program))
    if form.is_valid():
        actions.choose_digest(program=program, **form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Kept. The week in numbers comes as you chose."))
        return redirect("alerts:digest", program.public_id)
    return render(request, "alerts/digest.html", {"program": program, "form": form})


def _kept(
    request: HttpRequest,
    alert: Alert,
    reader: Reader,
    forms: Forms,
    form: RecordForm,
    keep: Callable[[], str],
) -> HttpResponse:
    """Keep what was sent, and say so; where it is refused, show it again with the words."""
    if form.is_valid():
        try:
            messages.success(request, keep())
            return redirect("alerts:one", reader.program.public_id, alert.public_id)
        except NotKept as refused:
            form.add_refusal(refused)
            alert = _alert(reader, alert.public_id)
    return _page(request, alert, reader, forms)


def _say(request: HttpRequest, refused: NotKept) -> None:
    for words in refused.words.values():
        messages.error(request, " ".join(str(each) for each in words))


def _page(request: HttpRequest, alert: Alert, reader: Reader, forms: Forms | None) -> HttpResponse:
    write_audit(
        "participant.read",
        by=reader.access.user,
        participant_id=alert.enrollment.participant.kept.public_id,
        program_id=reader.program.public_id,
        page="alert",
    )
    page = one_page(alert, reader, forms)
    with timezone.override(reader.program.zone):
        context = {"page": page, "frame": page.frame, "form": forms.wrong if forms else None}
        return render(request, "alerts/one.html", context)


def _reader(request: HttpRequest, program: Program) -> Reader:
    return Reader(request.access, program, timezone.now())  # type: ignore[attr-defined]


def _alert(reader: Reader, alert_id: uuid.UUID) -> Alert:
    """Return the alert: 404 outside the program, 403 where it is not about one's own people."""
    found = with_facts(alerts_of(reader.access, reader.program, reader.now))
    alert = found.filter(public_id=alert_id).first()
    if alert is not None:
        return alert
    visible = Alert.objects.visible_to(reader.access.user)
    return refuse_row(visible.filter(enrollment__program=reader.program, public_id=alert_id))
