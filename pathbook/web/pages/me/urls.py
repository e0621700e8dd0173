"""Addresses of a student's own pages."""

from django.urls import path

from pathbook.web.pages.me import confirming, placement, take, views

urlpatterns = [
    path("", views.home, name="me"),
    path("record/", views.my_record, name="my-record"),
    path("plan/", views.plan, name="my-plan"),
    path("done/<str:key>/", views.done, name="my-action-done"),
    path("undo/<int:at>/", views.undo, name="my-action-undo"),
    path("happened/<str:key>/", confirming.happened, name="my-meeting-happened"),
    path("happened/undo/<int:at>/", confirming.undo, name="my-meeting-undo"),
    path("wish/", views.wish, name="my-wish"),
    path("goal/", views.goal, name="my-goal-on-board"),
    path("ask/", views.ask, name="ask-for-guidance"),
    path("wrong/", views.wrong, name="something-is-wrong"),
    path("reflect/<int:pk>/", views.reflect, name="reflect"),
    path("placement/", placement.mine, name="my-placement"),
    path("placement/new/", placement.propose, name="propose-placement"),
    path("placement/<str:key>/host/", placement.host, name="my-host"),
    path("placement/<str:key>/day/", placement.day, name="my-placement-day"),
    path("placement/<str:key>/reflect/", placement.reflect, name="my-placement-reflect"),
    path("readers/", views.readers, name="my-readers"),
    path("take/", take.take, name="take-it-with-me"),
    path("record.json", take.my_file, name="my-record-file"),
    path("record.pdf", views.take_pdf, name="my-record-pdf"),
]
