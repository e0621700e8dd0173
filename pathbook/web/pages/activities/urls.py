"""Addresses of the programme."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.activities import consent, employers, invite, log, one, views

urlpatterns = [
    path("", views.programme, name="activities"),
    *download.paths("activities", views.export),
    path("log/", log.log, name="log-activity"),
    path("log/for/", log.log_for, name="log-who"),
    path("log/who-came/", log.who_came, name="log-who-came"),
    path("log/save/", log.save, name="log-save"),
    path("<str:key>/", one.activity, name="activity"),
    path("<str:key>/edit/", one.edit, name="activity-edit"),
    path("<str:key>/consent/", consent.consent, name="consent"),
    path("<str:key>/consent/undo/<int:at>/", consent.undo, name="consent-undo"),
    path("<str:key>/correct/", one.correct, name="activity-correct"),
    path("<str:key>/undo/<int:at>/", one.undo, name="activity-undo"),
    path("<str:key>/employer/ask/", employers.ask, name="ask-employer"),
    path("<str:key>/employer/<int:pk>/end/", employers.end, name="end-employer-form"),
    path("<str:key>/employer/<int:pk>/take/", employers.take, name="take-employer-answer"),
    path("<str:key>/take-out/", one.take_out, name="activity-take-out"),
    path("<str:key>/invite/", invite.invite, name="invite"),
    path("<str:key>/put-back/", one.put_back, name="activity-put-back"),
]
