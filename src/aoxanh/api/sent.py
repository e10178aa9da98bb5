"""What every shape of a sent body is."""

from pydantic import BaseModel


class Sent(BaseModel):
    """An object that a caller sends.

    Ninja's own schema also reads attributes, so that a list would pass for an object all of whose fields may be left out.
    """
