"""The way to a program: the first call, the waiting list, what became of it."""

from django.urls import path

from programs.referring import views

app_name = "referrals"
urlpatterns = [
    path("<uuid:program_id>/", views.referrals, name="referrals"),
    path("<uuid:program_id>/new/", views.new, name="new"),
    path("<uuid:program_id>/<uuid:referral_id>/move/", views.move, name="move"),
    path("<uuid:program_id>/<uuid:referral_id>/decline/", views.decline, name="decline"),
]
