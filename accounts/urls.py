"""Coming in and going out."""

from allauth.account.views import LogoutView
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="account_logout"),
    # allauth links here; accounts are by invitation only, and the page says so
    path("sign-up/", views.by_invitation_only, name="account_signup"),
    path("welcome/<str:token>/", views.accept_invitation, name="accept_invitation"),
    # how the pages look to this person
    path("theme/", views.choose_theme, name="choose_theme"),
]
