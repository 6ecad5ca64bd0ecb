"""My sign-in: an app, passkeys and recovery codes, set up and taken away by their owner."""

from __future__ import annotations

import json
import uuid
from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.factors.forms import AppForm, PasskeyForm, PasskeyNameForm
from accounts.factors.own import forget_found, id_of, own_factors, own_passkeys
from accounts.models import User

APP, PASSKEY = "app", "passkey"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def my_sign_in(request: HttpRequest) -> HttpResponse:
    """Show what somebody signs in with."""
    return render(request, "accounts/my_sign_in.html", {"page": own_factors(_user(request))})


class AddApp(totp_views.ActivateTOTPView):
    """Sets up an app that shows codes."""

    template_name = "accounts/add_app.html"
    form_class = AppForm

    @transaction.atomic
    def form_valid(self, form: AppForm) -> HttpResponse:
        response = super().form_valid(form)
        _added(self.request, APP, with_codes=self.did_generate_recovery_codes)
        return response


class RemoveApp(totp_views.DeactivateTOTPView):
    """Takes the app away."""

    template_name = "accounts/remove_app.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _removed(self.request, APP)
        return response


class AddPasskey(webauthn_views.AddWebAuthnView):
    """Adds a passkey."""

    template_name = "accounts/add_passkey.html"
    form_class = PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        options = begin_registration(self.request.user, passwordless=True)
        return context | {"options": json.dumps(options)}

    @transaction.atomic
    def form_valid(self, form: PasskeyForm) -> HttpResponse:
        response = super().form_valid(form)
        _added(self.request, PASSKEY, with_codes=self.did_generate_recovery_codes)
        return response


class RenamePasskey(webauthn_views.EditWebAuthnView):
    """Gives a passkey another name."""

    template_name = "accounts/rename_passkey.html"
    form_class = PasskeyNameForm
    success_url = reverse_lazy("mfa_index")

    def get_object(self, queryset: Any = None) -> Authenticator:
        return _own_passkey(self.request, self.kwargs["passkey_id"])

    @transaction.atomic
    def form_valid(self, form: PasskeyNameForm) -> HttpResponse:
        response = super().form_valid(form)
        user = _user(self.request)
        write_audit("factor.renamed", by=user, subject=user, kind=PASSKEY)
        return response


class RemovePasskey(webauthn_views.RemoveWebAuthnView):
    """Takes a passkey away."""

    template_name = "accounts/remove_passkey.html"
    success_url = reverse_lazy("mfa_index")

    def get_object(self, queryset: Any = None) -> Authenticator:
        return _own_passkey(self.request, self.kwargs["passkey_id"])

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _removed(self.request, PASSKEY)
        return response


class ShowCodes(codes_views.ViewRecoveryCodesView):
    """Shows the recovery codes that are left."""

    template_name = "accounts/recovery_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        _codes(self.request, "recovery_codes.shown")
        return context


class MakeCodes(codes_views.GenerateRecoveryCodesView):
    """Makes a fresh set of recovery codes; those before stop working."""

    template_name = "accounts/make_recovery_codes.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _codes(self.request, "recovery_codes.made")
        return response


class CodesFile(codes_views.DownloadRecoveryCodesView):
    """The recovery codes that are left, as a file."""

    template_name = "accounts/recovery_codes.txt"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        _codes(self.request, "recovery_codes.downloaded")
        return context


add_app = form_page(AddApp.as_view())
remove_app = form_page(RemoveApp.as_view())
add_passkey = form_page(AddPasskey.as_view())
rename_passkey = form_page(RenamePasskey.as_view())
remove_passkey = form_page(RemovePasskey.as_view())
show_codes = require_safe(ShowCodes.as_view())
make_codes = form_page(MakeCodes.as_view())
codes_file = require_safe(CodesFile.as_view())


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _own_passkey(request: HttpRequest, passkey_id: uuid.UUID) -> Authenticator:
    for each in own_passkeys(_user(request)):
        if id_of(each) == passkey_id:
            return each
    raise Http404


def _added(request: HttpRequest, kind: str, *, with_codes: bool) -> None:
    write_audit("factor.added", by=_user(request), subject=request.user, kind=kind)
    if with_codes:
        _codes(request, "recovery_codes.made")


def _removed(request: HttpRequest, kind: str) -> None:
    forget_found(request.session)
    write_audit("factor.removed", by=_user(request), subject=request.user, kind=kind)


def _codes(request: HttpRequest, verb: str) -> None:
    write_audit(verb, by=_user(request), subject=request.user)
