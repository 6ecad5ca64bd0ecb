"""What went out and is due, what failed, what came back; the words and the rule."""

from django.urls import path

from reminders import views
from reminders.failures import views as failures
from reminders.replies import views as replies
from reminders.settings_page import views as settings_page

app_name = "reminders"
urlpatterns = [
    path("<uuid:program_id>/", views.outbox, name="outbox"),
    path("<uuid:program_id>/failures/", failures.failures, name="failures"),
    path("<uuid:program_id>/replies/", replies.replies, name="replies"),
    path("<uuid:program_id>/replies/<uuid:reply_id>/", replies.see_to, name="see_to"),
    path("<uuid:program_id>/rule/", settings_page.rule, name="rule"),
    path("<uuid:program_id>/words/", settings_page.words, name="words"),
    path(
        "<uuid:program_id>/words/<slug:kind>/<slug:channel>/<slug:language>/",
        settings_page.template,
        name="template",
    ),
]
