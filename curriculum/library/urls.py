"""The library: tracks, modules, lessons and their versions."""

from django.urls import path

from curriculum.library.views import drafts, lessons, shelves

TRACK = "<uuid:program_id>/track/<uuid:track_id>/"
MODULE = "<uuid:program_id>/module/<uuid:module_id>/"
LESSON = "<uuid:program_id>/lesson/<uuid:lesson_id>/"

app_name = "library"
urlpatterns = [
    path("<uuid:program_id>/", shelves.library, name="library"),
    # tracks and modules
    path("<uuid:program_id>/new-track/", shelves.new_track, name="new_track"),
    path(TRACK, shelves.track, name="track"),
    path(TRACK + "move/", shelves.move_track, name="move_track"),
    path(TRACK + "new-module/", shelves.new_module, name="new_module"),
    path(MODULE, shelves.module, name="module"),
    path(MODULE + "move/", shelves.move_module, name="move_module"),
    path(MODULE + "new-lesson/", lessons.new_lesson, name="new_lesson"),
    # a lesson
    path(LESSON, lessons.lesson, name="lesson"),
    path(LESSON + "change/", lessons.change, name="change_lesson"),
    path(LESSON + "move/", lessons.move, name="move_lesson"),
    path(LESSON + "retire/", lessons.retire, name="retire"),
    path(LESSON + "bring-back/", lessons.bring_back, name="bring_back"),
    path(LESSON + "needs/", lessons.add_need, name="add_need"),
    path(LESSON + "needs/<uuid:needed_id>/remove/", lessons.remove_need, name="remove_need"),
    # its versions
    path(LESSON + "start-draft/", drafts.start, name="start_draft"),
    path(LESSON + "draft/", drafts.draft, name="draft"),
    path(LESSON + "draft/publish/", drafts.publish, name="publish"),
    path(LESSON + "draft/drop/", drafts.drop, name="drop_draft"),
    path(LESSON + "version/<uuid:version_id>/", drafts.version, name="version"),
    path(LESSON + "changes/", drafts.changes, name="changes"),
]
