"""The page on which a commune keeps the list of its hamlets, a name in each line."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aoxanh.kernel.errors import DomainError
from aoxanh.people.actions import keep_hamlets
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may, require
from aoxanh.places import hamlet_lists
from aoxanh.places import queries as places
from aoxanh.places.models import Place

SHOWN_AGAIN = hamlet_lists.MOST_HAMLETS * (hamlet_lists.LONGEST_HAMLET + 2) * 2
"""How much of a refused text is shown again for correction, in signs."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, commune: str) -> HttpResponse:
    """Show the list of a commune's hamlets, or make it the one that was sent."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place = places.place_by_code(commune)
    require(actor, Permission.HAMLET_EDIT, place)
    if place.level != Place.Level.COMMUNE:
        raise NotAllowed
    page = {
        "place": place,
        "limit": hamlet_lists.MOST_HAMLETS,
        "sees_board": may(actor, Permission.BOARD_READ, place),
    }
    if request.method != "POST":
        page |= {"names": "\n".join(hamlet_lists.hamlets_of(place.code))}
        return render(request, "places/hamlets.html", page)
    text = request.POST.get("names", "")
    try:
        count = keep_hamlets(commune=place, names=text, by=actor)
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        page |= {"names": text[:SHOWN_AGAIN], "refusal": refusal}
        return render(request, "places/hamlets.html", page, status=refusal.status)
    messages.success(request, _("Saved: {count} hamlets.").format(count=count))
    return redirect("hamlets", commune=place.code)


urlpatterns = [path("hamlets/<str:commune>/", edit, name="hamlets")]
