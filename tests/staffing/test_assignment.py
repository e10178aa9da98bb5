"""Generalised assignment: the format is read strictly, and small instances are solved to the best."""

from itertools import product

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
        assert found.cost == best
        assert found.bound <= best


@pytest.mark.parametrize("text", ["", "1 2", "x", TINY + "7", "1 0 0"])
def test_another_format_is_refused(text):
    with pytest.raises(UnreadableInstance):
        read_instances(text)


def test_the_command_prints_cost_bound_and_best_known(tmp_path):
    file = tmp_path / "tiny.txt"
    file.write_text(TINY)
    result = CliRunner().invoke(command, [str(file), "--best", "8"])
    assert result.exit_code == 0, result.output
    assert "cost 8" in result.output
    assert "over_best_pct 0.0" in result.output
    file.write_text("nonsense")
    refused = CliRunner().invoke(command, [str(file)])
    assert refused.exit_code == 1
    assert "whole numbers" in refused.output
