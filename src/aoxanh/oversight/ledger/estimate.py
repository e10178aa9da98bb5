"""The three shares of the ledger with their intervals, and what each interval covers.

Confirmed share: of the sessions whose citizen was given a code, how many the citizens have confirmed, each confirmation counted
with the weight of its channel. **No answer counts as not confirmed**, so the share is a floor: a unit that reports more without
being confirmed sees it fall. The interval covers chance: which citizens answer, and that the days of teams differ (a bad day, a
crowded desk, one person's habits). It takes the weights as given, and it does not guess what those who never answered
would have said.

Passed share: of the sessions that a second person judged, how many hold; for sessions drawn by lot the interval covers which ones
were drawn, and closes when all were. What could not be told counts neither way.

First-time-right: of the sessions that ended 30 days ago or earlier, how many did not come back by their code. A ceiling: a dossier
that comes back without its code is not seen.
"""

from collections.abc import Mapping

from aoxanh.oversight.intervals import Share, share
from aoxanh.oversight.ledger.counts import Counts

# How far team days differ is itself uncertain when there are few of them. Until there are enough, it is drawn towards what
# is usual, as if this many more team days with this design effect had been seen.
USUAL_EFFECT = 1.3
USUAL_DAYS = 8
LEVEL = 0.95


def confirmed_share(counts: Counts, weights: Mapping[str, int], level: float = LEVEL) -> Share:
    """Return the weighted share of asked sessions that citizens confirmed. `weights` are in hundredths.

    Wilson's interval of the plain confirmations at a sample size that the spread of weights and of team days has reduced, times the
    mean weight. No quantile of Student's on top: the spread is drawn towards what is usual, and with one the intervals of small
    units were too wide (`bench ledger`).
    """
    asked, confirmed = counts.asked, min(counts.confirmed, counts.asked)
    if asked == 0:
        return Share(0, 0, None, 0.0, 1.0)
    credit = sum(weights[channel] * number for channel, number in counts.said.items()) / 100
    # With no confirmation at all the best channel's weight bounds what one could have been worth.
    mean_weight = credit / confirmed if confirmed else max(weights.values()) / 100
    mixed = _weight_effect(counts, weights, mean_weight)
    size = asked / (mixed * _day_effect(counts, credit, mixed))
    plain = share(confirmed / asked * size, size, level)
    value = credit / asked
    return Share(
        credit, asked, value, min(value, plain.low * mean_weight), max(value, plain.high * mean_weight)
    )


def passed_share(counts: Counts, level: float = LEVEL) -> Share:
    """Return the share of judged sessions that hold; the interval is about all reported sessions of the unit and period."""
    judged = counts.passed + counts.failed
    if judged == 0:
        return Share(0, 0, None, 0.0, 1.0)
    value = counts.passed / judged
    population = max(counts.reported, judged)
    if judged == population:
        return Share(counts.passed, judged, value, value, value)
    # Drawn without putting back: the more of the whole was drawn, the more sure the share.
    size = judged * (population - 1) / (population - judged)
    bounds = share(value * size, size, level)
    return Share(counts.passed, judged, value, bounds.low, bounds.high)


def first_time_right(counts: Counts, level: float = LEVEL) -> Share:
    """Return the share of sessions, old enough to tell, whose case did not come back."""
    return share(max(counts.due - counts.due_returned, 0), counts.due, level)


def _weight_effect(counts: Counts, weights: Mapping[str, int], mean_weight: float) -> float:
    """Return by how much differing weights among confirmations widen the spread, 1 for one channel alone."""
    confirmed, asked = counts.confirmed, counts.asked
    if confirmed == 0:
        return 1.0
    squares = sum((weights[channel] / 100) ** 2 * number for channel, number in counts.said.items())
    among = max(squares / confirmed - mean_weight**2, 0.0) / mean_weight**2
    rate = min(confirmed / asked, 1.0)
    return 1 + among / (1 - rate + 1 / (asked + 1))


def _day_effect(counts: Counts, credit: float, mixed: float) -> float:
    """Return the design effect of team days: the variance between them over that of as many sessions drawn singly.

    What differing weights add (`mixed`) lies in both variances, and so must not be counted twice.
    """
    days, asked = counts.team_days, counts.asked
    value = credit / asked
    seen = 1.0
    plain = _plain_variance(counts, credit) * mixed
    if days > 1 and plain > 0:
        asked_squared, credit_asked, credit_squared = counts.squares
        between = credit_squared / 10_000 - 2 * value * credit_asked / 100 + value**2 * asked_squared
        seen = between / asked**2 * days / (days - 1) / plain
    known = max(days - 1, 0)
    return max(1.0, (known * seen + USUAL_DAYS * USUAL_EFFECT) / (known + USUAL_DAYS))


def _plain_variance(counts: Counts, credit: float) -> float:
    """Return the variance of the share if every session stood for itself, by confirmations of the mean weight."""
    rate = min(counts.confirmed / counts.asked, 1.0)
    mean_weight = credit / counts.confirmed if counts.confirmed else 0.0
    return mean_weight**2 * rate * (1 - rate) / counts.asked
