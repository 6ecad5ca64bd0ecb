"""Calendar addresses: the page on which they are made, and the feed behind each."""

from django.urls import path

from groups.feeds import views

app_name = "feeds"
urlpatterns = [
    path("calendar-address/", views.mine, name="mine"),
    path("calendar-address/make/", views.make, name="make"),
    path("calendar-address/<uuid:feed_id>/revoke/", views.revoke, name="revoke"),
    # for calendar programs: the secret is the key
    path("feed/<str:token>.ics", views.ics, name="ics"),
]
