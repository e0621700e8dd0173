"""Addresses of a subject teacher's classes."""

from django.urls import path

from pathbook.web.pages.classes import views

urlpatterns = [
    path("<int:pk>/lesson/", views.lesson, name="log-lesson"),
    path("lesson/<str:key>/undo/<int:at>/", views.undo, name="undo-lesson"),
]
