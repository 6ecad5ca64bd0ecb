"""One's own sessions and PIN; locking and unlocking."""

from django.urls import path

from accounts.signed_in import views

urlpatterns = [
    path("my/sessions/", views.my_sessions, name="my_sessions"),
    path("my/sessions/end/", views.end_my_session, name="end_my_session"),
    path("my/sessions/end-others/", views.end_my_other_sessions, name="end_my_other_sessions"),
    path("my/pin/", views.my_pin, name="my_pin"),
    path("my/pin/drop/", views.drop_pin, name="drop_pin"),
    # a page that was left alone
    path("lock/", views.lock_now, name="lock_now"),
    path("lock/state/", views.lock_state, name="lock_state"),
    path("unlock/", views.unlock, name="unlock"),
    path("unlock/passkey/", views.passkey_options, name="passkey_options"),
    path("still-here/", views.still_here, name="still_here"),
]
