"""What one signs in with, and the second step; the names are those that allauth leads to."""

from django.urls import path

from accounts.factors import entering, views

urlpatterns = [
    # on the way in
    path("sign-in/second-step/", entering.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", entering.by_passkey, name="mfa_login_webauthn"),
    # showing once more who one is, before one of these is changed
    path("my/once-more/", entering.password_once_more, name="account_reauthenticate"),
    path("my/once-more/code/", entering.code_once_more, name="mfa_reauthenticate"),
    path("my/once-more/passkey/", entering.passkey_once_more, name="mfa_reauthenticate_webauthn"),
    # what one has
    path("my/sign-in/", views.my_sign_in, name="mfa_index"),
    path("my/sign-in/app/", views.add_app, name="mfa_activate_totp"),
    path("my/sign-in/app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("my/sign-in/passkey/", views.add_passkey, name="mfa_add_webauthn"),
    path("my/sign-in/passkey/<uuid:passkey_id>/name/", views.rename_passkey, name="rename_passkey"),
    path(
        "my/sign-in/passkey/<uuid:passkey_id>/remove/",
        views.remove_passkey,
        name="remove_passkey",
    ),
    path("my/sign-in/codes/", views.show_codes, name="mfa_view_recovery_codes"),
    path("my/sign-in/codes/fresh/", views.make_codes, name="mfa_generate_recovery_codes"),
    path("my/sign-in/codes/file/", views.codes_file, name="mfa_download_recovery_codes"),
]
