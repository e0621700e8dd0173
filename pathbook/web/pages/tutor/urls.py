"""Addresses of what a tutor says of what they read."""

from django.urls import path

from pathbook.web.pages.tutor import views

urlpatterns = [
    path("understood/<str:key>/", views.understood, name="understood"),
    path("check/", views.check, name="tutor-check"),
    path("understood/undo/<int:at>/", views.undo, name="undo-understood"),
]
