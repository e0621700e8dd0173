"""Addresses where somebody answers a survey: signed in, or with a code from a slip of paper."""

from django.urls import path

from pathbook.web.pages.answering import views

urlpatterns = [
    path("answer/thanks/", views.thanks, name="answer-thanks"),
    path("answer/<str:key>/", views.answer, name="answer"),
    path("say/", views.by_code, name="say"),
    path("say/thanks/", views.code_thanks, name="say-thanks"),
    path("say/<str:code>/", views.answer_by_code, name="say-code"),
]
