"""Addresses of guidance meetings."""

from django.urls import path

from pathbook.web.pages.guidance import hope, note, views, write_up

urlpatterns = [
    path("record/", views.record_meeting, name="record-meeting"),
    path("start/", write_up.start, name="start-write-up"),
    path("hope/<str:key>/", hope.hope, name="hope"),
    path("hope/<str:key>/undo/<int:pk>/", hope.undo, name="undo-hope"),
    path("occupations/", write_up.occupations, name="occupations-meant"),
    path("<str:key>/", write_up.write_up, name="write-up"),
    path("<str:key>/draft/", write_up.keep, name="keep-draft"),
    path("<str:key>/drop/", write_up.drop, name="drop-draft"),
    path("<str:key>/needs/", write_up.needs, name="write-up-needs"),
    path("<str:key>/undo/<int:version>/", write_up.undo, name="undo-write-up"),
    path("<str:key>/note/", note.working_note, name="working-note"),
    path("<str:key>/take-back/", views.take_back, name="take-back-meeting"),
]
