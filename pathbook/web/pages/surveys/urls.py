"""Addresses of surveys for those who ask them and read what was found."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.surveys import asking, own, results, views

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("new/<str:code>/", asking.new, name="survey-new"),
    path("<str:key>/", views.survey, name="survey"),
    path("<str:key>/change/", asking.change, name="survey-change"),
    path("<str:key>/own/", own.own, name="survey-own"),
    path("<str:key>/preview/", views.preview, name="survey-preview"),
    path("<str:key>/release/", asking.release, name="survey-release"),
    path("<str:key>/close/", asking.close, name="survey-close"),
    path("<str:key>/again/", asking.again, name="survey-again"),
    path("<str:key>/remind/", views.remind, name="survey-remind"),
    path("<str:key>/codes/", views.codes, name="survey-codes"),
    *download.paths("survey-waiting", views.waiting_file, under="<str:key>/", file="waiting"),
    path("<str:key>/results/", results.results, name="survey-results"),
    *download.paths("survey-results", results.results_file, under="<str:key>/", file="results"),
    path("<str:key>/said/<str:student>/", results.said, name="survey-said"),
]
