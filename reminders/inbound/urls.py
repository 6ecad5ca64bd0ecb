"""Where gateways bring replies and receipts."""

from django.urls import path

from reminders.inbound import views

app_name = "inbound"
urlpatterns = [
    path("<slug:gateway>/reply", views.reply, name="reply"),
    path("<slug:gateway>/receipt", views.receipt, name="receipt"),
]
