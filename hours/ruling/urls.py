"""Rules of the weekly hours: written, simulated over past weeks, verified."""

from django.urls import path

from hours.ruling import views
from hours.ruling.alert_rules import views as alert_rules

app_name = "rules"
urlpatterns = [
    path("<uuid:program_id>/", views.rules, name="rules"),
    path("<uuid:program_id>/try/", views.try_rule, name="try"),
    path("<uuid:program_id>/new/", views.new_rule, name="new_rule"),
    path("<uuid:program_id>/<uuid:rule_id>/", views.rule, name="rule"),
    path("<uuid:program_id>/<uuid:rule_id>/delete/", views.delete_rule, name="delete_rule"),
    path("<uuid:program_id>/<uuid:rule_id>/verify/", views.verify_rule, name="verify_rule"),
    path("<uuid:program_id>/alerts/new/", alert_rules.new_rule, name="new_alert_rule"),
    path("<uuid:program_id>/alerts/<uuid:rule_id>/", alert_rules.rule, name="alert_rule"),
    path(
        "<uuid:program_id>/alerts/<uuid:rule_id>/delete/",
        alert_rules.delete_rule,
        name="delete_alert_rule",
    ),
]
