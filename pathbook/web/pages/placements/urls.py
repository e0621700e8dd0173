"""Addresses of work placements and their hosts."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.placements import approving, hosts, one, views

urlpatterns = [
    path("", views.board, name="placements"),
    *download.paths("placements", views.export),
    path("begin/", views.begin, name="placements-begin"),
    path("begin/undo/<int:at>/", views.undo_begin, name="placements-undo-begin"),
    path("send/", views.send, name="placements-send"),
    path("approve/", approving.approve, name="placements-approve"),
    path("approve/undo/<int:at>/", approving.undo, name="placements-undo-approve"),
    path("done/", views.took_place, name="placements-done"),
    path("done/undo/<int:at>/", views.undo_done, name="placements-undo-done"),
    path("hosts/", hosts.hosts, name="hosts"),
    path("hosts/<str:key>/", hosts.host, name="host"),
    path("<str:key>/", one.placement, name="placement"),
    path("<str:key>/host/", one.host, name="placement-host"),
    path("<str:key>/approve/", one.approve, name="placement-approve"),
    path("<str:key>/approve/take-back/", one.unapprove, name="placement-unapprove"),
    path("<str:key>/call-off/", one.call_off, name="placement-call-off"),
    path("<str:key>/call-off/take-back/", one.call_on, name="placement-call-on"),
    path("<str:key>/end/<str:party>/", one.end, name="placement-end-form"),
]
