"""The API put together: one line for each router.

Every operation is closed unless its router or itself says `auth=None`, runs within its actor's reach, and refuses in the
one error shape of `refusals`.
"""

from ninja import NinjaAPI

from aoxanh import __version__
from aoxanh.api import (
    assistant,
    assistant_loop,
    attendance,
    boards,
    codes,
    desk,
    evaluation,
    growth,
    initiatives,
    learning,
    people,
    places,
    procedures,
    refusals,
    safety,
    shifts,
    sync,
    visits,
)
from aoxanh.api.auth import PERSON, in_reach
from aoxanh.api.body import PlainJson

api = NinjaAPI(
    title="Áo Xanh", version=__version__, docs_url=None, urls_namespace="api", auth=PERSON, parser=PlainJson()
)
api.add_decorator(in_reach)
refusals.teach(api)

api.add_router("", people.router)
api.add_router("/boards", boards.router)
api.add_router("", desk.router)
api.add_router("/codes", codes.router)
api.add_router("/places", places.router)
api.add_router("/sync", sync.router)
api.add_router("/shifts", shifts.router)
api.add_router("/attendance", attendance.router)
api.add_router("/learning", learning.router)
api.add_router("/safety", safety.router)
api.add_router("/growth", growth.router)
api.add_router("/visits", visits.router)
api.add_router("", evaluation.router)
api.add_router("/initiatives", initiatives.router)
api.add_router("/assistant", assistant.router)
api.add_router("/assistant", assistant_loop.router)
api.add_router("", procedures.router)
