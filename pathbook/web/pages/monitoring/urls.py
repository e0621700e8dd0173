"""Addresses of looking at books and lessons."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.monitoring import files, seeing, views

urlpatterns = [
    path("", views.monitoring, name="monitoring"),
    *download.paths("monitoring", files.monitoring_file),
    path("new/<str:kind>/", views.new, name="round-new"),
    path("seen/<str:key>/", seeing.observation, name="observation"),
    path("seen/<str:key>/photograph/", seeing.photograph, name="observation-photograph"),
    path("seen/<str:key>/take-back/", seeing.take_back, name="observation-take-back"),
    path("remind/", views.remind, name="monitoring-remind"),
    path("follow-up/<str:key>/done/", views.follow_up_done, name="follow-up-done"),
    path("follow-up/<str:key>/open/", views.follow_up_open, name="follow-up-open"),
    path("<str:key>/", views.one_round, name="round"),
    *download.paths("round", files.round_file, under="<str:key>/"),
    path("<str:key>/draw/", views.draw, name="round-draw"),
]
