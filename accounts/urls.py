"""Coming in and going out."""

from django.urls import include, path

from accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
    # allauth links here; accounts are by invitation only, and the page says so
    path("sign-up/", views.by_invitation_only, name="account_signup"),
    path("welcome/<str:token>/", views.accept_invitation, name="accept_invitation"),
    path("", include("accounts.factors.urls")),
    path("", include("accounts.passwords.urls")),
    # how the pages look to this person
    path("theme/", views.choose_theme, name="choose_theme"),
    path("language/", views.choose_language, name="choose_language"),
    # where one is signed in, and what locks and unlocks a page
    path("", include("accounts.signed_in.urls")),
]
