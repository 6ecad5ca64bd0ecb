"""Groups and their weekly slots: making, changing and ending them."""

from django.urls import path

from groups.editing import views

app_name = "slots"
urlpatterns = [
    # schedule/
    path("<uuid:program_id>/groups/new/", views.new_group, name="new_group"),
    path("<uuid:program_id>/groups/<uuid:group_id>/", views.edit_group, name="edit_group"),
    path("<uuid:program_id>/groups/<uuid:group_id>/slots/", views.new_slot, name="new_slot"),
    path("<uuid:program_id>/groups/<uuid:group_id>/recurrence/", views.rrule, name="rrule"),
    path("<uuid:program_id>/slots/<uuid:pattern_id>/", views.change, name="change"),
    path("<uuid:program_id>/slots/<uuid:pattern_id>/end/", views.end, name="end"),
]
