"""What is still wanted after the hand edits: places in steps of falling worth, and speakers, leaders and half days with their price."""

from dataclasses import dataclass

import numpy as np

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.problem import Flags, Floats, Ints, Settings

SPEAKERS, LEADERS, SHIFTS = range(3)


@dataclass(frozen=True)
class Steps:
    """(communes, kinds, steps): how many places a step still has, and what each is worth."""

    places: Ints
    worth: Ints


@dataclass(frozen=True)
class Wants:
    """Side requirements, one row each: the commune, what is wanted (`sort`, and the language if speakers), how many, the price of one missing."""

    commune: Ints
    sort: Ints
    language: Ints
    wanted: Ints
    penalty: Ints


def step_places(needs: Ints, floors: Ints, settings: Settings) -> Ints:
    """Cut each need into the minimum and equal parts above it; the parts add up to the need."""
    above = needs - floors
    parts = len(settings.steps)
    edges = [floors] + [floors + -(-above * (part + 1) // parts) for part in range(parts)]
    return np.diff(np.stack([np.zeros_like(needs), *edges], axis=-1), axis=-1)


def step_worth(priority: Flags, settings: Settings) -> Ints:
    """Return (communes, steps), falling along each row: that makes the floor come first and the worst covered next."""
    usual = np.array([settings.floor, *settings.steps])
    urgent = np.array([settings.priority_floor, *(int(step * settings.priority) for step in settings.steps)])
    return np.where(priority[:, None], urgent, usual)


def steps(ground: Ground) -> Steps:
    """Return what is open; pinned people took the dearest places first."""
    communes = ground.communes
    whole = step_places(communes.needs, communes.floors, ground.settings)
    before = np.cumsum(whole, axis=-1) - whole
    taken = np.clip(ground.filled[..., None] - before, 0, whole)
    worth = step_worth(communes.priority, ground.settings)
    return Steps(whole - taken, np.broadcast_to(worth[:, None, :], whole.shape))


def wants(ground: Ground) -> Wants:
    """Return the side requirements that the pinned people leave open."""
    communes, settings = ground.communes, ground.settings
    times = np.where(communes.priority, settings.priority, 1.0)
    at, language = np.nonzero(communes.speakers > 0)
    speakers = communes.speakers[at, language] - ground.spoken[at, language]
    everywhere = np.arange(len(communes))
    none = np.full(len(communes), -1)
    commune = np.concatenate([at, everywhere, everywhere])
    sort = np.repeat([SPEAKERS, LEADERS, SHIFTS], [len(at), len(communes), len(communes)])
    wanted = np.concatenate([speakers, communes.leaders - ground.led, communes.shifts - ground.covered])
    price = np.array([settings.language, settings.leader, settings.shift])[sort]
    keep = wanted > 0
    return Wants(
        commune[keep], sort[keep], np.concatenate([language, none, none])[keep], wanted[keep],
        (price * times[commune]).astype(np.int64)[keep],
    )  # fmt: skip


@dataclass(frozen=True)
class Prices:
    """What one more would be worth: a person in a post, a speaker, a leader, a half day. All zero or more except a post's."""

    post: Floats  # (communes, kinds)
    speaker: Floats  # (communes, languages)
    leader: Floats
    shift: Floats

    def copy(self) -> "Prices":
        """Return prices that may be written to."""
        return Prices(self.post.copy(), self.speaker.copy(), self.leader.copy(), self.shift.copy())


def of_places(prices: Prices, where: Ints) -> Prices:
    """Return the prices of some communes."""
    return Prices(prices.post[where], prices.speaker[where], prices.leader[where], prices.shift[where])


def mean(several: list[Prices]) -> Prices:
    """Return the mean of some prices."""
    names = Prices.__dataclass_fields__
    return Prices(*(sum(getattr(each, name) for each in several) / len(several) for name in names))


def want_price(want: Wants, prices: Prices) -> Floats:
    """Return the price of each side requirement."""
    price = np.where(want.sort == LEADERS, prices.leader[want.commune], prices.shift[want.commune])
    speaks = want.sort == SPEAKERS
    price[speaks] = prices.speaker[want.commune[speaks], want.language[speaks]]
    return np.asarray(price, dtype=np.float64)
