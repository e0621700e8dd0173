"""Addresses of requests under data protection law."""

from django.urls import path

from pathbook.web.pages.requests import copy, due, papers, views

urlpatterns = [
    path("", views.requests, name="requests"),
    path("copy/", copy.copy, name="subject-access"),
    path("erase/<str:key>/", views.erase_student, name="erase-student"),
    path("due/", due.due, name="due"),
    path("due/keep-for/", due.keep_for, name="keep-for"),
    path("due/erase/", due.erase_due, name="erase-due"),
    path("due/named/", due.named, name="due-named"),
    path("due/<str:token>/", due.progress, name="erase-progress"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<str:name>.md", papers.paper, name="paper"),
]
