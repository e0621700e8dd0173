"""Addresses of the three questions, of the charts, of groups compared, of provider access and of where we stand."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.reports import views

urlpatterns = [
    path("use/", views.use, name="use"),
    *download.paths("use", views.use_file, under="use/"),
    path("charts/", views.charts, name="charts"),
    path("charts/years.svg", views.years_picture, name="years-svg"),
    path("access/", views.provider_access, name="provider-access"),
    path("access/days/", views.workplace_days, name="workplace-days"),
    *download.paths("workplace-days", views.workplace_days_file, under="access/days/"),
    path("equity/", views.equity, name="equity"),
    path("nation/", views.nation, name="nation"),
    path("use.pdf", views.use_pdf, name="use-pdf"),
]
