"""Addresses of the three questions and of the charts."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.reports import views

urlpatterns = [
    path("use/", views.use, name="use"),
    *download.paths("use", views.use_file, under="use/"),
    path("charts/", views.charts, name="charts"),
    path("charts/years.svg", views.years_picture, name="years-svg"),
    path("use.pdf", views.use_pdf, name="use-pdf"),
]
