"""What one is told, where and when."""

from django.urls import path

from reminders.choosing import views

app_name = "notices"
urlpatterns = [path("", views.choose, name="choose")]
