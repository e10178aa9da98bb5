"""How an effect is often estimated, for comparison in `bench evidence`: before and after, and plain two-way fixed effects."""

import numpy as np

from aoxanh.initiatives.evidence.panel import Floats, Panel


def before_after(panel: Panel, per: int) -> tuple[float, float, float]:
    """Return the adopters' mean after less their mean before, with the t-interval of those differences."""
    from scipy.stats import t

    rates, rows = panel.rates(per), np.flatnonzero(panel.adopters)
    change = np.array(
        [rates[row, panel.adopted[row] :].mean() - rates[row, : panel.adopted[row]].mean() for row in rows]
    )
    reach = float(t.ppf(0.975, len(rows) - 1)) * float(change.std(ddof=1)) / float(np.sqrt(len(rows)))
    return float(change.mean()), float(change.mean()) - reach, float(change.mean()) + reach


def two_way(panel: Panel, per: int) -> tuple[float, float, float]:
    """Return the coefficient of "has adopted" beside effects of communes and periods, errors clustered by commune."""
    from statsmodels.regression.linear_model import OLS

    number, periods = panel.numerator.shape
    adopted = panel.adopters[:, None] & (np.arange(periods) >= panel.adopted[:, None])
    outcome, column = _demeaned(panel.rates(per)), _demeaned(adopted.astype(float))
    found = OLS(outcome.ravel(), column.ravel()).fit(
        cov_type="cluster", cov_kwds={"groups": np.repeat(np.arange(number), periods)}
    )
    low, high = found.conf_int()[0]
    return float(found.params[0]), float(low), float(high)


def _demeaned(table: Floats) -> Floats:
    """Take the effects of communes and periods off, which in a complete panel is the same as estimating them."""
    return np.asarray(
        table - table.mean(axis=1, keepdims=True) - table.mean(axis=0, keepdims=True) + table.mean(), float
    )
