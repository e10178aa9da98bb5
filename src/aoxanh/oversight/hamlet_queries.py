"""Which hamlets no shift went to: known from where the shifts of a period were held, for communes that keep a list.

A shift counts once somebody holds a seat on it and its day has come. What happened without a shift is not seen here, so the board
says "no shift yet", never "nobody was there".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from aoxanh.kernel import clock, replica
from aoxanh.kernel.replica import reading_connection
from aoxanh.oversight.hamlet_names import named_in_any
from aoxanh.oversight.periods import Period
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.places.names import searchable

# The roster leads to its shifts by an index; the list comes in its order, the places each once.
_STATEMENT = """
WITH asked AS (SELECT code FROM places_place WHERE code = %(place)s OR parent_id = %(place)s),
     listed AS (SELECT h.* FROM places_hamlet h JOIN asked ON asked.code = h.commune_id)
SELECT 'hamlet', commune_id, name, fold, sort_key FROM listed
UNION ALL
SELECT DISTINCT 'shift', s.commune_id, s.place, '', '' FROM staffing_roster r JOIN staffing_shift s ON s.roster_id = r.id
 WHERE r.commune_id IN (SELECT commune_id FROM listed) AND r.first_day <= %(last)s AND r.last_day >= %(first)s
   AND s.day BETWEEN %(first)s AND %(last)s AND s.place <> ''
   AND EXISTS (SELECT 1 FROM staffing_shiftassignment a WHERE a.shift_id = s.id AND a.holds)
ORDER BY 5
"""


@dataclass(frozen=True, slots=True)
class Hamlets:
    """A commune's hamlets: how many it lists, and the names of those that no shift of the period went to, in order."""

    commune: str
    count: int
    missed: list[str]


def hamlets_reached(place: Place, period: Period, actor: Actor) -> list[Hamlets]:
    """Return the hamlets of a commune, or of each commune of a province, that keeps a list; one statement.

    Communes are in no order; the nation has none. Raises NotAllowed where the actor may not read the place's board.
    """
    require(actor, Permission.BOARD_READ, place)
    if place.level == Place.Level.NATION:
        return []
    return replica.read(lambda: _read(place.code, period)).answer


def _read(place: str, period: Period) -> list[Hamlets]:
    last = min(period.last, clock.today())
    with reading_connection().cursor() as cursor:
        cursor.execute(_STATEMENT, {"place": place, "first": period.first, "last": last})
        rows: list[tuple[str, str, str, str, str]] = cursor.fetchall()
    listed: dict[str, dict[str, str]] = {}
    held: dict[str, list[str]] = {}
    for what, commune, text, fold, _key in rows:
        if what == "hamlet":
            listed.setdefault(commune, {})[fold] = text
        else:
            held.setdefault(commune, []).append(text)
    return [_compared(commune, names, held.get(commune, ())) for commune, names in listed.items()]


def _compared(commune: str, names: dict[str, str], held: Iterable[str]) -> Hamlets:
    reached = named_in_any((searchable(text) for text in held), names)
    return Hamlets(commune, len(names), [name for fold, name in names.items() if fold not in reached])
