"""bench roster: a team of fifty for four weeks beside what a careful leader writes by hand, a province of teams, a public-sized instance."""

import resource
import time
from importlib.metadata import version

from aoxanh.cli.bench import Report
from aoxanh.staffing.rostering.greedy import by_hand
from aoxanh.staffing.rostering.instance import team
from aoxanh.staffing.rostering.measures import price
from aoxanh.staffing.rostering.problem import Problem
from aoxanh.staffing.rostering.province import solve_all
from aoxanh.staffing.rostering.public.draw import SIZES, draw
from aoxanh.staffing.rostering.public.search import Search
from aoxanh.staffing.rostering.public.verify import cost
from aoxanh.staffing.rostering.replan import replan
from aoxanh.staffing.rostering.solve import Roster, solve
from aoxanh.staffing.rostering.trouble import sickness

PEOPLE, WEEKS = 50, 4
TEAMS, PUBLIC_SECONDS = 98, 60
TRIALS = 5  # teams of fifty, from easy to asking for more than they can give; the worst of them is the figure


def measure(*, seed: int, size: float) -> Report:
    """Return the worst gap and CPU over several teams, the cost beside the hand's, and what many teams take together."""
    report = Report(
        goals={"gap_pct": ("<=", 1), "cpu_s": ("<=", 10)},
        versions={"ortools": version("ortools")},
    )
    teams = [team(seed + trial, PEOPLE, WEEKS, 0.7 + 0.15 * trial) for trial in range(TRIALS)]
    found = [_timed(report, problem) for problem in teams]
    report.figures["proven_optimal"] = sum(roster.optimal for roster in found)
    report.figures["gap_pct"] = max(roster.gap_pct for roster in found)
    report.figures["objective"] = sum(roster.objective for roster in found)
    report.figures["bound"] = sum(roster.bound for roster in found)
    started = time.process_time()
    hand = [by_hand(problem) for problem in teams]
    report.baselines["greedy_cpu_s"] = time.process_time() - started
    report.baselines["greedy_objective"] = sum(
        sum(price(problem, roster).values()) for problem, roster in zip(teams, hand, strict=True)
    )
    report.figures["uncovered_seats"] = sum(map(_uncovered, teams, [roster.taken for roster in found]))
    report.baselines["greedy_uncovered_seats"] = sum(map(_uncovered, teams, hand))
    _sick(report, found[0])
    _province(report, seed, max(2, round(TEAMS * size)))
    _public(report, seed, max(3.0, PUBLIC_SECONDS * size))
    report.size = {"people": PEOPLE, "weeks": WEEKS, "teams": TRIALS, "shifts": len(teams[0].shifts),
                   "province_teams": max(2, round(TEAMS * size))}  # fmt: skip
    return report


def _timed(report: Report, problem: Problem) -> Roster:
    started = time.process_time()
    roster = solve(problem)
    report.figures["cpu_s"] = max(report.figures.get("cpu_s", 0), time.process_time() - started)
    return roster


def _uncovered(problem: Problem, roster: tuple[object, ...]) -> int:
    return sum(sum(shift.seats.values()) for shift in problem.shifts) - len(roster)


def _sick(report: Report, roster: Roster) -> None:
    """Two people are ill in the second week."""
    problem, today, lost = sickness(roster)
    started = time.process_time()
    mended = replan(problem, roster.taken, today)
    report.figures |= {
        "replan_cpu_s": time.process_time() - started,
        "replan_gap_pct": mended.roster.gap_pct,
        "replan_seats_lost": lost,
        "replan_half_days_given": len(mended.given),
        "replan_half_days_dropped": len(mended.dropped),
        "replan_reseated": len(mended.reseated),
    }
    anew = solve(mended.roster.problem)
    before = {(taken.member, taken.shift) for taken in roster.taken}
    now = {(taken.member, taken.shift) for taken in anew.taken}
    report.baselines["anew_half_days_given"] = len(now - before)


def _province(report: Report, seed: int, number: int) -> None:
    teams = {f"team {each}": team(seed + 100 + each, 20 + 5 * (each % 9), WEEKS) for each in range(number)}
    started = time.process_time()
    rosters = solve_all(teams)
    report.figures |= {
        "province_cpu_s": time.process_time() - started,
        "province_worst_gap_pct": max(roster.gap_pct for roster in rosters.values()),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _public(report: Report, seed: int, seconds: float) -> None:
    """Search one instance of the published shape: the public files themselves are solved by `aoxanh roster solve`."""
    instance = draw(*SIZES[2], seed)
    search = Search(instance, seconds, seed)
    answer = search.run()
    report.figures |= {
        "drawn_objective": cost(instance, answer.roster),
        "drawn_bound": answer.bound,
        "drawn_cpu_s": answer.cpu_s,
    }
    report.baselines["drawn_in_turn_objective"] = answer.first
