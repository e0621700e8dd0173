"""Addresses of a parent's pages."""

from django.urls import path

from pathbook.web.pages.family import views

urlpatterns = [
    path("", views.family, name="family"),
    path("<str:key>/", views.child, name="child"),
    path("<str:key>/consent/<str:activity>/", views.answer, name="answer-consent"),
    path("<str:key>/placement/<str:placement>/", views.answer_placement, name="answer-placement"),
]
