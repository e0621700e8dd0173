"""Addresses of demand."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.demand import views

urlpatterns = [
    path("", views.demand, name="demand"),
    *download.paths("demand", views.export),
    path("<str:theme>/<str:code>/", views.one, name="demand-of"),
]
