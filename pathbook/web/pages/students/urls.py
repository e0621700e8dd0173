"""Addresses of students and their records."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.students import views

urlpatterns = [
    path("", views.students, name="students"),
    *download.paths("students", views.export),
    path("printed/", views.printed, name="printed"),
    path("<str:key>/", views.timeline, name="student"),
    path("<str:key>/guidance/", views.guidance, name="student-guidance"),
    path("<str:key>/benchmarks/", views.benchmarks, name="student-benchmarks"),
    path("<str:key>/access/", views.access_log, name="student-access"),
]
