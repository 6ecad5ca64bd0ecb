"""The site, its rooms, and the schedule and record rules of a program."""

from django.urls import path

from groups.clinic_settings import views
from groups.clinic_settings.record_rules import views as record_rules

app_name = "clinic"
urlpatterns = [
    path("<uuid:program_id>/", views.settings, name="settings"),
    path("<uuid:program_id>/site/", views.site, name="site"),
    path("<uuid:program_id>/rooms/new/", views.new_room, name="new_room"),
    path("<uuid:program_id>/rooms/<uuid:room_id>/", views.room, name="room"),
    path("<uuid:program_id>/rules/new/", views.new_rule, name="new_rule"),
    path("<uuid:program_id>/rules/<uuid:rule_id>/", views.rule, name="rule"),
    path("<uuid:program_id>/rules/<uuid:rule_id>/delete/", views.delete_rule, name="delete_rule"),
    path("<uuid:program_id>/record-rules/new/", record_rules.new_rule, name="new_record_rule"),
    path("<uuid:program_id>/record-rules/<uuid:rule_id>/", record_rules.rule, name="record_rule"),
    path(
        "<uuid:program_id>/record-rules/<uuid:rule_id>/delete/",
        record_rules.delete_rule,
        name="delete_record_rule",
    ),
]
