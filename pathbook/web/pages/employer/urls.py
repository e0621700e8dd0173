"""Addresses an employer opens without an account."""

from django.urls import path

from pathbook.web.pages.employer import views

urlpatterns = [path("<str:token>/", views.form, name="employer-form")]
