"""Addresses of staff training."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.training import views

urlpatterns = [
    path("", views.training, name="training"),
    *download.paths("training", views.training_file),
    *download.paths("training-who", views.who_file, under="who/"),
    path("who/", views.who, name="training-who"),
    path("new/", views.new, name="training-new"),
    path("put-back/", views.put_back, name="training-put-back"),
    path("tour/", views.put_tour_away, name="tour-away"),
    path("<str:key>/", views.change, name="training-session"),
    path("<str:key>/take-out/", views.take_out, name="training-take-out"),
]
