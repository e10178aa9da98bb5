"""Our use of the estimator gives the table that its authors print for their own example.

The example is `mpdta` of the R package `did` (county teen employment and minimum wages; Callaway and Sant'Anna, Journal of Econometrics
225, 2021); the digits are those of the package's page "Getting started": no covariates, never treated counties compared.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from aoxanh.initiatives.evidence import contrasts
from aoxanh.initiatives.evidence.comparison import Design
from aoxanh.initiatives.evidence.fit import Fit, fit
from aoxanh.initiatives.evidence.panel import NEVER, Panel

FIRST_YEAR, YEARS = 2003, 5
PRINTED = {
    (2004, 2004): -0.0105,
    (2004, 2005): -0.0704,
    (2004, 2006): -0.1373,
    (2004, 2007): -0.1008,
    (2006, 2006): -0.0046,
    (2006, 2007): -0.0412,
    (2007, 2007): -0.0261,
}
PRINTED_COURSE = {0: -0.0199, 1: -0.0510, 2: -0.1373, 3: -0.1008}
PRINTED_GROUPS = {2004: (-0.0797, 0.026), 2006: (-0.0229, 0.017), 2007: (-0.0261, 0.017)}
PRINTED_MEAN, PRINTED_ERROR = -0.0310, 0.0124


@pytest.fixture(scope="module")
def counties() -> Fit:
    with (Path(__file__).parent / "mpdta.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    employment = np.array(
        [[float(row[f"lemp_{FIRST_YEAR + year}"]) for year in range(YEARS)] for row in rows]
    )
    began = np.array([int(row["first_treat"]) for row in rows])
    panel = Panel(
        units=tuple(row["countyreal"] for row in rows),
        provinces=("",) * len(rows),
        numerator=employment,
        denominator=np.ones_like(employment),
        adopted=np.where(began > 0, began - FIRST_YEAR, NEVER),
        traits=np.zeros((len(rows), 0)),
    )
    whole = Design(panel, np.zeros((len(rows), 0)), np.ones(len(rows)), is_local=True)
    return fit(whole, 1, against="never_treated")


@pytest.mark.parametrize(("cohort", "year"), sorted(PRINTED))
def test_each_group_time_effect_is_the_printed_one(counties: Fit, cohort: int, year: int) -> None:
    cell = counties.cells[cohort - FIRST_YEAR, year - FIRST_YEAR]
    assert cell.effects.mean() == pytest.approx(PRINTED[cohort, year], abs=0.00005)


@pytest.mark.parametrize("after", sorted(PRINTED_COURSE))
def test_the_course_after_adoption_is_the_printed_one(counties: Fit, after: int) -> None:
    told = counties.average(contrasts.at(counties, after, base=1))
    assert told is not None
    assert told.value == pytest.approx(PRINTED_COURSE[after], abs=0.00005)


@pytest.mark.parametrize("cohort", sorted(PRINTED_GROUPS))
def test_each_groups_mean_is_the_printed_one(counties: Fit, cohort: int) -> None:
    weights = contrasts.after(counties, base=1)
    told = counties.average({cohort - FIRST_YEAR: weights[cohort - FIRST_YEAR]})
    assert told is not None
    value, error = PRINTED_GROUPS[cohort]
    assert told.value == pytest.approx(value, abs=0.00005)
    # The printed error is a bootstrap's, which moves in its third digit from run to run.
    assert told.error == pytest.approx(error, abs=0.0015)


def test_the_mean_over_all_groups_and_its_error_are_the_printed_ones(counties: Fit) -> None:
    told = counties.average(contrasts.after(counties, base=1))
    assert told is not None
    assert told.value == pytest.approx(PRINTED_MEAN, abs=0.00005)
    assert told.error == pytest.approx(PRINTED_ERROR, abs=0.0015)
    assert told.adopters == 191


def test_where_cohorts_are_large_our_error_is_the_librarys_own(counties: Fit) -> None:
    theirs = counties.result.aggregate("group").to_dataframe().set_index("label")
    weights = contrasts.after(counties, base=1)
    for cohort in PRINTED_GROUPS:
        ours = counties.average({cohort - FIRST_YEAR: weights[cohort - FIRST_YEAR]})
        assert ours is not None
        label = cohort - FIRST_YEAR + 1
        assert ours.value == pytest.approx(theirs.loc[label, "att"])
        assert ours.error == pytest.approx(theirs.loc[label, "se"], rel=0.05)
