"""Addresses of training events, their points, and checking in on a page."""

from django.urls import path

from aoxanh.web.training import event_files, events, points

urlpatterns = [
    path("events/", events.index, name="events"),
    path("events/new/", events.create, name="event_new"),
    path("events/<uuid:event_id>/", events.show, name="event"),
    path("events/<uuid:event_id>/points/", events.open_points, name="event_points"),
    path("events/<uuid:event_id>/points.<slug:form>", event_files.point_list, name="event_point_list"),
    path("events/<uuid:event_id>/attendance.<slug:form>", event_files.attendance_list, name="event_list"),
    path("events/<uuid:event_id>/<slug:verb>/", events.move, name="event_move"),
    path("points/<slug:commune>/<uuid:point_id>/", points.show, name="point"),
    path("points/<slug:commune>/<uuid:point_id>/beat/", points.beat, name="point_beat"),
    path("points/<slug:commune>/<uuid:point_id>/tick/", points.tick, name="point_tick"),
    path("points/<slug:commune>/<uuid:point_id>/host/", points.name_host, name="point_host"),
    path("points/settle/<slug:commune>/<uuid:attendance_id>/", events.settle, name="attendance_settle"),
    path("attend/", points.attend, name="attend"),
]
