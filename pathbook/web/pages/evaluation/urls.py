"""Addresses of the evaluation."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.evaluation import chosen, forecast, judging, rule, snapshots, views

urlpatterns = [
    path("", views.evaluation, name="evaluation"),
    *download.paths("evaluation", views.export),
    path("forecast/", forecast.forecast, name="forecast"),
    path("forecast/what-if/", forecast.answer, name="what-if"),
    *download.paths("forecast", forecast.export, under="forecast/"),
    path("chosen/", chosen.chosen, name="chosen"),
    path("chosen/<str:key>/take-back/", chosen.take_back, name="take-back-chosen"),
    path("rule/", rule.rule, name="pass-rule"),
    path("rule/<str:key>/take-back/", rule.take_back, name="take-back-rule"),
    path("sheet/", snapshots.sheet, name="typing-sheet"),
    path("snapshots/", snapshots.snapshots, name="snapshots"),
    path("snapshots/freeze/", snapshots.freeze, name="freeze"),
    path("snapshots/<str:key>/note/", snapshots.add_note, name="add-review-note"),
    path("notes/<str:key>/take-back/", snapshots.take_back_note, name="take-back-review-note"),
    path("evidence/<str:key>/file/", judging.file, name="evidence-file"),
    path("evidence/<str:key>/take-back/", judging.take_back_evidence, name="take-back-evidence"),
    path("evidence/<str:key>/put-back/", judging.put_back_evidence, name="put-back-evidence"),
    path("statements/<str:key>/take-back/", judging.take_back_statement, name="take-back-statement"),
    path("statements/<str:key>/put-back/", judging.put_back_statement, name="put-back-statement"),
    path("<str:set_id>/<int:year>/<str:criterion>/", judging.criterion, name="criterion"),
    path("<str:set_id>/<int:year>/<str:criterion>/evidence/", judging.attach, name="attach-evidence"),
]
