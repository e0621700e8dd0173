"""Addresses of what students asked for or say is wrong."""

from django.urls import path

from pathbook.web.pages.answers import views

urlpatterns = [
    path("", views.waiting, name="answers"),
    path("wrong/<str:key>/", views.answer_wrong, name="answer-wrong"),
    path("asked/<str:key>/", views.answer_request, name="answer-request"),
]
