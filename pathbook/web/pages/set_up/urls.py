"""Addresses of set-up."""

from django.urls import path

from pathbook.web.pages.set_up import views

urlpatterns = [
    path("", views.set_up, name="set-up"),
    path("safeguarding/", views.safeguarding, name="safeguarding"),
    path("people/", views.people, name="staff"),
    path("people/<int:pk>/end/", views.end_role, name="end-role"),
    path("password/", views.password, name="password"),
]
