"""Addresses of needs: a group's, one student's, and the rules."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.needs import views, written

urlpatterns = [
    path("needs/", views.needs, name="needs"),
    *download.paths("needs", views.export, under="needs/"),
    path("needs/rules/", views.rules, name="needs-rules"),
    path("students/<str:key>/needs/", views.student, name="student-needs"),
    path("students/<str:key>/needs/dismiss/", written.dismiss, name="dismiss-need"),
    path("students/<str:key>/needs/restore/<int:pk>/", written.restore, name="restore-need"),
    path("students/<str:key>/needs/barrier/", written.add_barrier, name="add-barrier"),
    path("students/<str:key>/needs/eased/<str:barrier>/", written.ease_barrier, name="ease-barrier"),
    path("students/<str:key>/needs/review/", written.plan_review, name="plan-review"),
    path("students/<str:key>/needs/review-held/", written.hold_review, name="hold-review"),
    path("students/<str:key>/needs/offer/", written.add_offer, name="add-offer"),
]
