"""Addresses of appointments: the day, the week of slots, booking and what becomes of a booking, closures, calendars."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.appointments import book, calendars, closures, day, fate, slots

urlpatterns = [
    path("", day.appointments, name="appointments"),
    path("missed/", day.missed, name="missed-meetings"),
    *download.paths("missed-meetings", day.missed_file, under="missed/"),
    path("week/", slots.week, name="slots-week"),
    path("week/offer/", slots.offer, name="offer-slots"),
    path("week/withdraw/", slots.take_back, name="take-back-slots"),
    path("week/undo/<int:number>/", slots.undo, name="undo-slots"),
    path("week/closures/", closures.closures, name="closures"),
    path("week/closures/<int:pk>/end/", closures.end, name="end-closure"),
    path("week/closures/undo/<int:number>/", closures.undo, name="undo-closure"),
    path("book/", book.book, name="book-meeting"),
    path("book/list/", book.book_list, name="book-list"),
    path("bookings/undo/<int:number>/", fate.undo, name="undo-booking"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/make/", calendars.make, name="make-calendar"),
    path("calendars/<int:pk>/end/", calendars.end, name="end-calendar"),
    path("<str:key>/move/", fate.move, name="move-meeting"),
    path("<str:key>/cancel/", fate.cancel, name="cancel-meeting"),
    path("<str:key>/not-attended/", fate.not_attended, name="not-attended"),
    path("<str:key>/no-next/", fate.no_next, name="no-next-meeting"),
]
