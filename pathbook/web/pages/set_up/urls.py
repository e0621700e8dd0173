"""Addresses of set-up."""

from django.urls import path

from pathbook.web.pages.set_up import review, views

urlpatterns = [
    path("", views.set_up, name="set-up"),
    path("safeguarding/", views.safeguarding, name="safeguarding"),
    path("people/", views.people, name="staff"),
    path("people/<int:pk>/end/", views.end_role, name="end-role"),
    path("review/", review.sheet, name="access-review"),
    path("review/export.csv", review.export, name="access-review-csv"),
    path("review/looked-through/", review.reviewed, name="access-reviewed"),
    path("password/", views.password, name="password"),
]
