"""Every address, one line a place in the navigation."""

from django.urls import include, path

from pathbook.web.pages.appointments.calendars import feed
from pathbook.web.pages.next_steps.student import student_next

urlpatterns = [
    path("", include("pathbook.web.pages.home.urls")),
    path("", include("pathbook.web.pages.needs.urls")),
    path("sign-in/", include("pathbook.web.pages.sign_in.urls")),
    path("", include("pathbook.web.pages.sharing.urls")),
    path("students/<str:key>/next/", student_next, name="student-next"),
    path("students/", include("pathbook.web.pages.students.urls")),
    path("next/", include("pathbook.web.pages.next_steps.urls")),
    path("activities/", include("pathbook.web.pages.activities.urls")),
    path("programme/", include("pathbook.web.pages.programme.urls")),
    path("guidance/demand/", include("pathbook.web.pages.demand.urls")),
    path("guidance/loop/", include("pathbook.web.pages.loop.urls")),
    path("guidance/", include("pathbook.web.pages.appointments.urls")),
    path("guidance/", include("pathbook.web.pages.guidance.urls")),
    path("calendar/<str:key>.ics", feed, name="calendar-feed"),
    path("places/", include("pathbook.web.pages.places.urls")),
    path("placements/", include("pathbook.web.pages.placements.urls")),
    path("form/", include("pathbook.web.pages.placements.open_urls")),
    path("coverage/", include("pathbook.web.pages.coverage.urls")),
    path("evaluation/", include("pathbook.web.pages.evaluation.urls")),
    path("classes/", include("pathbook.web.pages.classes.urls")),
    path("group/", include("pathbook.web.pages.tutor.urls")),
    path("whiteboard/", include("pathbook.web.pages.whiteboard.urls")),
    path("me/", include("pathbook.web.pages.me.urls")),
    path("family/", include("pathbook.web.pages.family.urls")),
    path("answers/", include("pathbook.web.pages.answers.urls")),
    path("actions/", include("pathbook.web.pages.actions.urls")),
    path("reports/", include("pathbook.web.pages.reports.urls")),
    path("reports/reading/", include("pathbook.web.pages.reading.urls")),
    path("reports/", include("pathbook.web.pages.sheets.urls")),
    path("surveys/", include("pathbook.web.pages.surveys.urls")),
    path("monitoring/", include("pathbook.web.pages.monitoring.urls")),
    path("training/", include("pathbook.web.pages.training.urls")),
    path("", include("pathbook.web.pages.answering.urls")),
    path("import/", include("pathbook.web.pages.imports.urls")),
    path("requests/", include("pathbook.web.pages.requests.urls")),
    path("audit/", include("pathbook.web.pages.audit.urls")),
    path("account/", include("pathbook.web.pages.account.urls")),
    path("set-up/", include("pathbook.web.pages.set_up.urls")),
    path("employer/", include("pathbook.web.pages.employer.urls")),
    path("gallery/", include("pathbook.web.pages.gallery.urls")),
]

handler404 = "pathbook.web.pages.errors.not_found"
handler500 = "pathbook.web.pages.errors.broken"
handler403 = "pathbook.web.pages.errors.refused"
