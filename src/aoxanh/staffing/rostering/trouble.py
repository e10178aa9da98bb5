"""What goes wrong after a roster is published, for benches and trials: people fall ill."""

from dataclasses import replace
from datetime import date, timedelta

from aoxanh.staffing.rostering.problem import Absence, Problem
from aoxanh.staffing.rostering.solve import Roster


def sickness(roster: Roster, people: int = 2, after: int = 7, length: int = 7) -> tuple[Problem, date, int]:
    """Let those with the most shifts fall ill; return the problem, the day it is known, and how many seats it costs."""
    problem = roster.problem
    today = min(shift.day for shift in problem.shifts) + timedelta(after)
    last = today + timedelta(length - 1)
    hit = [taken for taken in roster.taken if today <= problem.shift[taken.shift].day <= last]
    held = {member.id: sum(taken.member == member.id for taken in hit) for member in problem.members}
    ill = sorted(held, key=lambda member: (-held[member], member))[:people]
    absences = tuple(Absence(member, today, last) for member in ill)
    return (
        replace(problem, absences=(*problem.absences, *absences)),
        today,
        sum(held[member] for member in ill),
    )
