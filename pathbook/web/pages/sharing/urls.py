"""Addresses of objections to sharing."""

from django.urls import path

from pathbook.web.pages.sharing import views

urlpatterns = [
    path("me/sharing/", views.mine, name="my-sharing"),
    path("family/<str:key>/sharing/", views.childs, name="child-sharing"),
    path("students/<str:key>/sharing/", views.students, name="student-sharing"),
    path("sharing/<int:pk>/withdraw/", views.withdraw, name="withdraw-objection"),
]
