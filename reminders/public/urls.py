"""The pages behind the links in messages."""

from django.urls import path

from reminders.public import views

app_name = "answers"
urlpatterns = [
    path("a/<str:token>/", views.answer, name="answer"),
    path("u/<str:token>/", views.stop, name="stop"),
]
