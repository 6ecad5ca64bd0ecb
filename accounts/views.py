"""Coming in and going out: sign-in by email, a first sign-in by invitation, how pages look."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView, LogoutView
from allauth.core.internal.ratelimit import respond_429
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import InvitationClosed
from accounts.actions import accept_invitation as accept
from accounts.actions import choose_language as keep_language
from accounts.actions import choose_theme as keep_theme
from accounts.forms import LanguageForm, ThemeForm, WelcomeForm
from accounts.models import Invitation
from accounts.sign_in_limits import may_use_page


class SignIn(LoginView):
    """The sign-in page; a demo shows who one can be."""

    template_name = "accounts/sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_use_page(request):
            return respond_429(request)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | demo_context()


class SignOut(LogoutView):
    """Signs out on a POST; a link to here asks first."""

    template_name = "accounts/sign_out.html"

    def post(self, *args, **kwargs) -> HttpResponse:
        """Have the browser throw away its copies of pages, and what pages keep there.

        Not where marks of others on a shared tablet wait to be sent: the page says so. Nor every
        cookie: the session's is gone anyway, the device's own names nobody, and those of other
        services of the clinic are not ours.
        """
        response = super().post(*args, **kwargs)
        keeps = "others_wait" in self.request.POST
        response["Clear-Site-Data"] = '"cache"' if keeps else '"cache", "storage"'
        return response


sign_in = login_not_required(SignIn.as_view())
sign_out = login_not_required(SignOut.as_view())


def demo_context() -> dict[str, Any]:
    """Return role, email and password of each invented colleague, and the password all share.

    Outside the demo there are none.
    """
    sign_ins = settings.DEMO_SIGN_INS if settings.IOP_DEMO else []
    passwords = {each["password"] for each in sign_ins}
    return {
        "demo_sign_ins": sign_ins,
        "demo_password": passwords.pop() if len(passwords) == 1 else "",
    }


@require_safe
@login_not_required
def by_invitation_only(request: HttpRequest) -> HttpResponse:
    """Say that accounts are by invitation."""
    return render(request, "accounts/by_invitation_only.html")


@sensitive_post_parameters("password1")
@require_http_methods(["GET", "POST"])
@login_not_required
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a password, and sign them in: past a second factor, if any."""
    now = timezone.now()
    invitation = Invitation.objects.open_at(now).with_token(token).select_related("user").first()
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=410)
    form = WelcomeForm(request.POST or None, user=invitation.user)
    if form.is_valid():
        try:
            user = accept(token=token, password=form.password(), now=now)
        except InvitationClosed:
            return render(request, "accounts/invitation_closed.html", status=410)
        record_authentication(request, user, method="invitation")
        return perform_login(request, Login(user=user))
    return render(request, "accounts/welcome.html", {"form": form, "invited": invitation.user})


@require_POST
@login_not_required
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep light or dark for this person, and go back to the page they were on."""
    form = ThemeForm(request.POST)
    if form.is_valid() and request.user.is_authenticated:
        keep_theme(theme=form.cleaned_data["theme"], by=request.user)
    return redirect(form.page_to_return_to(request))


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language of this person's pages, and go back to the page they were on."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        keep_language(language=form.cleaned_data["language"], by=request.user)  # type: ignore[arg-type]
    return redirect(form.page_to_return_to(request))
