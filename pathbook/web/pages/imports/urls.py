"""Addresses of imports: a file waits under its token until it is decided on; what was done keeps an address of its own."""

from django.urls import path

from pathbook.web.pages.imports import past, record_file, views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("done/<str:key>/", views.result, name="import-result"),
    path("done/<str:key>/undo/", views.undo, name="import-undo"),
    path("past/", past.past, name="past"),
    path("past/done/<str:key>/", past.past_result, name="past-result"),
    path("past/done/<str:key>/undo/", past.past_undo, name="past-undo"),
    path("past/<str:token>/", past.past_preview, name="past-preview"),
    path("past/<str:token>/confirm/", past.past_confirm, name="past-confirm"),
    path("past/<str:token>/drop/", past.past_drop, name="past-drop"),
    path("record/", record_file.records_in, name="records-in"),
    path("record/done/<str:key>/", record_file.result, name="record-result"),
    path("record/done/<str:key>/undo/", record_file.undo, name="record-undo"),
    path("record/trusted/<int:pk>/end/", record_file.distrust, name="record-distrust"),
    path("record/<str:token>/", record_file.preview, name="record-preview"),
    path("record/<str:token>/confirm/", record_file.confirm, name="record-confirm"),
    path("record/<str:token>/drop/", record_file.drop, name="record-drop"),
    path("<str:token>/", views.preview, name="import-preview"),
    path("<str:token>/columns/", views.columns, name="import-columns"),
    path("<str:token>/confirm/", views.confirm, name="import-confirm"),
    path("<str:token>/progress/", views.progress, name="import-progress"),
    path("<str:token>/drop/", views.drop, name="import-drop"),
]
