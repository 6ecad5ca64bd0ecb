"""How people sign in: passwords, second factors, and how often one may try."""

from __future__ import annotations

from typing import Any

RULES = "django.contrib.auth.password_validation"
# NIST SP 800-63B-4: 15 where a password alone lets somebody in, as it does in the days of grace
# before a second factor; no rule about which characters are in it, and no end date.
PASSWORD_LENGTH = 15
PASSWORDS = [
    {"NAME": f"{RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": PASSWORD_LENGTH}},
    {"NAME": f"{RULES}.CommonPasswordValidator"},
    {
        "NAME": f"{RULES}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "programs.expected_passwords.NotExpected"},
]
# Why so: accounts/sign_in_limits.py. The page itself ("login") is counted there, too.
LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "login_failed_at_address": "10/1m/key",
    "login_failed_anywhere": "30/5m/key",
    "sign_in_page": "30/1m/key",
    "reset_password": "20/1m/ip,3/15m/key",
}
ACCOUNTS = {
    "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    "AUTH_PASSWORD_VALIDATORS": PASSWORDS,
    "PASSWORD_RESET_TIMEOUT": 60 * 60,
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "home",
    "LOGOUT_REDIRECT_URL": "account_login",
    "ACCOUNT_ADAPTER": "accounts.adapter.InvitationOnly",
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_FORMS": {"login": "accounts.forms.SignInForm"},
    "ACCOUNT_RATE_LIMITS": LIMITS,
}
FACTORS = {
    "MFA_ADAPTER": "accounts.factors.adapter.FactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    # A touch alone shows nobody: a key that was left in a tablet must not unlock it.
    "MFA_WEBAUTHN_USER_VERIFICATION": "required",
    # Whoever has an account was invited by their email.
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    "MFA_TOTP_TOLERANCE": 1,
    # A whole clinic behind one address comes in at nine, and there is no secret to guess.
    "MFA_RATE_LIMITS": {"webauthn_login": "60/m/ip"},
}


def sign_in_settings(*, is_demo: bool, is_behind_proxy: bool) -> dict[str, Any]:
    """Return the settings of Django and allauth about signing in.

    Behind a proxy, who asks is who the proxy says: limits and the trail go by that address.
    Browsers allow passkeys on http on this machine only, where a demo runs.
    """
    return {
        **ACCOUNTS,
        **FACTORS,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if is_behind_proxy else 0,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": is_demo,
    }
