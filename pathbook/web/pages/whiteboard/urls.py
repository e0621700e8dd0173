"""Addresses of the whiteboard view."""

from django.urls import path

from pathbook.web.pages.whiteboard import views

urlpatterns = [
    path("", views.board, name="whiteboard"),
    path("on/", views.turn_on, name="turn-on-whiteboard"),
    path("leave/", views.leave, name="leave-whiteboard"),
]
