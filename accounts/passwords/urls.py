"""Another password, and a new one by a link in an email."""

from django.urls import path

from accounts.passwords import views

urlpatterns = [
    path("my/password/", views.change, name="account_change_password"),
    path("forgotten/", views.forgotten, name="account_reset_password"),
    path("forgotten/sent/", views.link_sent, name="account_reset_password_done"),
    path("reset/<str:token>/", views.reset, name="reset_password"),
]
