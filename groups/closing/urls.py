"""Days on which a program or its site holds no sessions."""

from django.urls import path

from groups.closing import views

app_name = "closures"
urlpatterns = [
    path("<uuid:program_id>/", views.closures, name="closures"),
    path("<uuid:program_id>/new/", views.new, name="new"),
    path("<uuid:program_id>/<uuid:closure_id>/remove/", views.remove, name="remove"),
]
