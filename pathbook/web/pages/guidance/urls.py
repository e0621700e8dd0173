"""Addresses of guidance meetings."""

from django.urls import path

from pathbook.web.pages.guidance import views

urlpatterns = [
    path("record/", views.record_meeting, name="record-meeting"),
    path("<str:key>/take-back/", views.take_back, name="take-back-meeting"),
]
