"""Generalised assignment: the format is read strictly, and small instances are solved to the best."""

import json
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.cli.assign import command
from aoxanh.staffing.allocation.assignment import UnreadableInstance, assign, read_instances

TINY = "1\n2 3\n 5 2 4\n 3 6 1\n 2 3 2\n 3 2 3\n 5 5\n"


def cheapest(instance):
    agents, jobs = instance.cost.shape
    fits = [
        sum(instance.cost[agent, job] for job, agent in enumerate(choice))
        for choice in product(range(agents), repeat=jobs)
        if all(
            sum(instance.use[agent, job] for job in range(jobs) if choice[job] == agent)
            <= instance.capacity[agent]
            for agent in range(agents)
        )
    ]
    return min(fits, default=None)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3), st.integers(1, 5), st.data())
def test_small_instances_are_solved_to_the_best(agents, jobs, data):
    numbers = data.draw(st.lists(st.integers(1, 9), min_size=2 * agents * jobs, max_size=2 * agents * jobs))
    capacities = data.draw(st.lists(st.integers(1, 20), min_size=agents, max_size=agents))
    text = " ".join(map(str, [1, agents, jobs, *numbers, *capacities]))
    (instance,) = read_instances(text)
    best = cheapest(instance)
    if best is not None:
        found = assign(instance)
        assert found.cost == found.bound == best


@pytest.mark.parametrize("text", ["", "1 2", "x", TINY + "7", "1 0 0"])
def test_another_format_is_refused(text):
    with pytest.raises(UnreadableInstance):
        read_instances(text)


def test_the_command_prints_cost_bound_gap_and_best_known(tmp_path):
    file = tmp_path / "tiny.txt"
    file.write_text(TINY)
    result = CliRunner().invoke(command, [str(file), "--best", "8"])
    assert result.exit_code == 0, result.output
    for told in ("instance tiny:1", "objective 8", "gap_pct 0.0", "best_known 8", "over_best_pct 0.0"):
        assert told in result.output
    assert "best_known unknown" in CliRunner().invoke(command, [str(file)]).output
    file.write_text("nonsense")
    refused = CliRunner().invoke(command, [str(file)])
    assert refused.exit_code == 1
    assert "whole numbers" in refused.output


def test_files_whose_figures_are_profits_are_maximised_and_compared_with_the_table(tmp_path):
    file = tmp_path / "gap1.txt"
    file.write_text(TINY)
    said = [
        json.loads(CliRunner().invoke(command, [str(file), "--json", *more]).stdout)
        for more in ([], ["--costs"])
    ]
    (instance,) = read_instances(TINY)
    dearest = -cheapest(replace(instance, cost=-instance.cost))
    assert (said[0]["objective"], said[1]["objective"]) == (dearest, cheapest(instance))
    assert dearest <= said[0]["bound"]
    assert (said[0]["best_known"], said[0]["over_best_pct"]) == (336, round(100 * (336 - dearest) / 336, 3))


@pytest.mark.parametrize(("agents", "jobs"), [(5, 15), (10, 60), (5, 100)])
def test_instances_of_the_published_sizes_are_proven_to_half_a_percent(agents, jobs):
    """Drawn as type c of the literature is: capacities at eight tenths of the mean use."""
    random = np.random.default_rng(agents * jobs)
    use, cost = random.integers(5, 26, (agents, jobs)), random.integers(10, 51, (agents, jobs))
    capacity = np.full(agents, int(0.8 * use.sum() / agents**2))
    capacity = np.maximum(capacity, use.min(axis=0).sum() // agents + 25)
    numbers = [agents, jobs, *cost.ravel(), *use.ravel(), *capacity]
    (instance,) = read_instances(" ".join(map(str, numbers)))
    found = assign(instance, 20.0)
    assert found.agent is not None
    spent = np.bincount(found.agent, use[found.agent, np.arange(jobs)], minlength=agents)
    assert (spent <= capacity).all()
    assert found.bound <= found.cost == cost[found.agent, np.arange(jobs)].sum() <= 1.005 * found.bound
