"""Handouts of lessons: files and pages."""

from django.urls import path

from curriculum.handouts import views

DRAFT = "<uuid:program_id>/draft/<uuid:version_id>/"
OF_DRAFT = DRAFT + "<uuid:handout_id>/"

app_name = "handouts"
urlpatterns = [
    path("<uuid:program_id>/<uuid:handout_id>/", views.handout, name="handout"),
    # of a draft
    path(DRAFT, views.draft, name="draft"),
    path(DRAFT + "new-file/", views.new_file, name="new_file"),
    path(DRAFT + "new-page/", views.new_page, name="new_page"),
    path(OF_DRAFT + "page/", views.change_page, name="change_page"),
    path(OF_DRAFT + "move/", views.move, name="move"),
    path(OF_DRAFT + "take-off/", views.take_off, name="take_off"),
    path(OF_DRAFT + "put-back/", views.put_back, name="put_back"),
]
