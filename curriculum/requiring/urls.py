"""What a program requires of its curriculum."""

from django.urls import path

from curriculum.requiring import views

app_name = "requiring"
urlpatterns = [
    path("<uuid:program_id>/", views.requirements, name="requirements"),
    path("<uuid:program_id>/rules/new/", views.new_rule, name="new_rule"),
    path("<uuid:program_id>/rules/<uuid:rule_id>/", views.rule, name="rule"),
    path("<uuid:program_id>/rules/<uuid:rule_id>/delete/", views.delete_rule, name="delete_rule"),
    path("<uuid:program_id>/core/", views.core, name="core"),
    path("<uuid:program_id>/topics/new/", views.new_topic, name="new_topic"),
    path("<uuid:program_id>/topics/of-a-state/", views.topics_of_state, name="topics_of_state"),
    path("<uuid:program_id>/topics/<uuid:topic_id>/", views.topic, name="topic"),
]
