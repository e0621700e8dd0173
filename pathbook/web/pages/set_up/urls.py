"""Addresses of set-up."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.set_up import accounts, classes, codes, families, kind, review, views

urlpatterns = [
    path("", views.set_up, name="set-up"),
    path("safeguarding/", views.safeguarding, name="safeguarding"),
    path("kind/", kind.kind, name="institution-kind"),
    path("people/", views.people, name="staff"),
    path("accounts/<int:pk>/", accounts.one, name="one-account"),
    path("accounts/<int:pk>/active/", accounts.set_active, name="set-active"),
    path("accounts/<int:pk>/sessions/end/", accounts.end_sessions, name="end-sessions"),
    path("accounts/<int:pk>/second-step/reset/", accounts.forget_second_step, name="forget-second-step"),
    path("accounts/<int:pk>/password/reset/", accounts.start_reset, name="start-reset"),
    path("families/", families.families, name="families"),
    path("families/codes/<str:key>/cancel/", families.cancel_codes, name="cancel-family-codes"),
    path("families/<int:pk>/end/", families.end, name="end-family"),
    path("families/<int:pk>/undo/", families.restore, name="restore-family"),
    path("classes/", classes.classes, name="school-classes"),
    path("classes/<int:pk>/", classes.one, name="one-class"),
    path("classes/<int:pk>/members/", classes.members, name="class-members"),
    path("classes/<int:pk>/end/", classes.end, name="end-class"),
    path("codes/", codes.codes, name="codes"),
    path("people/<int:pk>/end/", views.end_role, name="end-role"),
    path("review/", review.sheet, name="access-review"),
    *download.paths("access-review", review.export, under="review/"),
    path("review/looked-through/", review.reviewed, name="access-reviewed"),
    path("password/", views.password, name="password"),
]
