"""What every shape of a sent body is, and the numbers in it."""

from typing import Annotated

from pydantic import BaseModel, Field

# Neither "5" nor true is a number.
Whole = Annotated[int, Field(strict=True)]
# Milliseconds of the years 2000 to 2100: what a phone's clock may say, right or wrong.
Moment = Annotated[int, Field(strict=True, ge=946_684_800_000, le=4_102_444_800_000)]


class Sent(BaseModel):
    """An object that a caller sends.

    Ninja's own schema also reads attributes, so that a list would pass for an object all of whose fields may be left out.
    """
