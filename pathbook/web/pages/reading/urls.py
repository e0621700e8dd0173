"""Addresses of who reads what was said in guidance."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.reading import views

urlpatterns = [
    path("", views.reading, name="reading"),
    *download.paths("reading", views.reading_file),
    path("<int:account>/<str:role>/", views.one, name="one-reader"),
    *download.paths("one-reader", views.one_file, under="<int:account>/<str:role>/"),
    path("ask/", views.ask, name="ask-to-read"),
]
