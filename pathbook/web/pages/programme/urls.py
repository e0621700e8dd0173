"""Addresses of the plan of the year."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.programme import copy, dates, feeds, new, views

urlpatterns = [
    path("", views.plan, name="programme"),
    *download.paths("programme", views.export),
    path("calendar/", views.calendar, name="programme-calendar"),
    path("copy/", copy.copy, name="programme-copy"),
    path("copy/undo/<int:at>/", copy.undo, name="undo-copy"),
    path("new/", new.new, name="plan-activity"),
    path("templates/keep/<str:key>/", new.keep, name="keep-template"),
    path("templates/<str:key>/drop/", new.drop, name="drop-template"),
    path("dates/<int:year>/", dates.terms, name="term-dates"),
    path("dates/<int:year>/exams/", dates.exams, name="exam-days"),
    path("dates/<int:year>/undo/<int:at>/", dates.undo, name="undo-dates"),
    path("exams/<int:pk>/end/", dates.end_exams, name="end-exams"),
    path("budget/<int:year>/", views.budget, name="set-budget"),
    path("lists/", views.lists, name="keep-lists"),
    path("feed/", feeds.make, name="make-programme-feed"),
    path("feed/end/", feeds.end, name="end-programme-feed"),
]
