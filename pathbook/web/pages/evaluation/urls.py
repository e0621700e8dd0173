"""Addresses of the evaluation."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.evaluation import views

urlpatterns = [path("", views.evaluation, name="evaluation"), *download.paths("evaluation", views.export)]
