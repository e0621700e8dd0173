"""Every component in every state; only in the demo and in tests."""

from django.urls import path

from pathbook.web.pages.gallery import views

urlpatterns = [path("", views.gallery, name="gallery")]
