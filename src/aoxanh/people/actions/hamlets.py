"""The list of a commune's hamlets: kept by the commune, or for it by its province."""

from django.db import transaction

from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import hamlet_lists
from aoxanh.places.models import Place


@transaction.atomic
def keep_hamlets(*, commune: Place, names: str, by: Actor) -> int:
    """Make a commune's list of hamlets the one given, a name in each line; return how many it has now.

    Raises NotAllowed, NoHamletsHere, UnfitHamlet (naming the line), TooManyHamlets or UnreadableText.
    """
    require(by, Permission.HAMLET_EDIT, commune)
    return hamlet_lists.store_hamlets(commune=commune, text=names, by=str(by))
