"""Addresses of imports: a file waits under its token until it is decided on; what was done keeps an address of its own."""

from django.urls import path

from pathbook.web.pages.imports import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("done/<str:key>/", views.result, name="import-result"),
    path("done/<str:key>/undo/", views.undo, name="import-undo"),
    path("<str:token>/", views.preview, name="import-preview"),
    path("<str:token>/columns/", views.columns, name="import-columns"),
    path("<str:token>/confirm/", views.confirm, name="import-confirm"),
    path("<str:token>/progress/", views.progress, name="import-progress"),
    path("<str:token>/drop/", views.drop, name="import-drop"),
]
