"""Addresses of looking at books and lessons."""

from django.urls import path

from pathbook.web.pages.monitoring import seeing, views

urlpatterns = [
    path("", views.monitoring, name="monitoring"),
    path("new/<str:kind>/", views.new, name="round-new"),
    path("seen/<str:key>/", seeing.observation, name="observation"),
    path("seen/<str:key>/photograph/", seeing.photograph, name="observation-photograph"),
    path("seen/<str:key>/take-back/", seeing.take_back, name="observation-take-back"),
    path("follow-up/<str:key>/done/", views.follow_up_done, name="follow-up-done"),
    path("follow-up/<str:key>/open/", views.follow_up_open, name="follow-up-open"),
    path("<str:key>/", views.one_round, name="round"),
    path("<str:key>/draw/", views.draw, name="round-draw"),
]
