"""Coming in: sign-in by email, a first sign-in by invitation, and how pages look."""

from __future__ import annotations

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import InvitationClosed
from accounts.actions import accept_invitation as accept
from accounts.actions import choose_theme as keep_theme
from accounts.forms import ThemeForm, WelcomeForm
from accounts.models import Invitation


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"


sign_in = login_not_required(SignIn.as_view())


@require_safe
@login_not_required
def by_invitation_only(request: HttpRequest) -> HttpResponse:
    """Say that accounts are by invitation."""
    return render(request, "accounts/by_invitation_only.html")


@require_http_methods(["GET", "POST"])
@login_not_required
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a password, and sign them in."""
    invitation = Invitation.objects.open_at(timezone.now()).with_token(token).first()
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=410)
    form = WelcomeForm(request.POST or None, user=invitation.user)
    if form.is_valid():
        try:
            user = accept(token=token, password=form.password(), now=timezone.now())
        except InvitationClosed:
            return render(request, "accounts/invitation_closed.html", status=410)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("home")
    return render(request, "accounts/welcome.html", {"form": form, "invited": invitation.user})


@require_POST
@login_not_required
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep light or dark for this person, and go back to the page they were on."""
    form = ThemeForm(request.POST)
    if form.is_valid() and request.user.is_authenticated:
        keep_theme(theme=form.cleaned_data["theme"], by=request.user)
    return redirect(form.page_to_return_to(request))
