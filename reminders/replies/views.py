"""The page of replies that wait for a person, and what was done about one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from programs.access import Access, needs
from programs.models import Program
from reminders.models import Reply
from reminders.replies.actions import see_to_reply
from reminders.replies.forms import SeeToForm
from reminders.replies.page import replies_of, replies_page


@require_safe
@needs("reminders.manage")
def replies(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the replies that wait, and the last that do not any more."""
    return _page(request, program)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs("reminders.manage")
def see_to(request: HttpRequest, program: Program, reply_id: UUID) -> HttpResponse:
    """Write down what was done about a reply; whoever comes back to the address finds the list."""
    if request.method == "GET":
        return redirect("reminders:replies", program.public_id)
    mine = Reply.objects.visible_to(request.user)  # type: ignore[arg-type]
    reply = get_object_or_404(replies_of(mine, program), public_id=reply_id)
    form = SeeToForm(request.POST, reply=reply)
    if form.is_valid():
        try:
            see_to_reply(reply=reply, **form.cleaned_data, now=timezone.now(), by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Seen to, and kept with what was done."))
            return redirect("reminders:replies", program.public_id)
        except NotKept as refused:
            form.add_refusal(refused)
    return _page(request, program, form)


def _page(request: HttpRequest, program: Program, wrong: SeeToForm | None = None) -> HttpResponse:
    access: Access = request.access  # type: ignore[attr-defined]
    page = replies_page(access=access, program=program, now=timezone.now(), wrong=wrong)
    write_audit(
        "replies.read",
        by=access.user,
        program_id=program.public_id,
        waiting=len(page.waiting),
        past=len(page.past),
    )
    with timezone.override(program.zone):
        return render(request, "reminders/replies.html", {"page": page})
