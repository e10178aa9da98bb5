"""What a roster of a public instance breaks and costs, counted day by day from the format's own definitions."""

from itertools import groupby, pairwise

from aoxanh.staffing.rostering.public.instance import OFF, Employee, Instance, Roster


def cost(instance: Instance, roster: Roster) -> int:
    """Return the objective: requests not met, people missing and people too many, each with its weight."""
    total = sum(
        weight for (person, day, shift), weight in instance.on.items() if roster[person][day] != shift
    )
    total += sum(
        weight for (person, day, shift), weight in instance.off.items() if roster[person][day] == shift
    )
    for cover in instance.cover:
        here = sum(days[cover.day] == cover.shift for days in roster.values())
        total += max(0, cover.wanted - here) * cover.under + max(0, here - cover.wanted) * cover.over
    return total


def breaches(instance: Instance, roster: Roster) -> list[str]:
    """Return every hard rule that somebody's days break, as sentences."""
    return [
        f"{person.id}: {sentence}"
        for person in instance.staff.values()
        for sentence in _person(instance, person, roster[person.id])
    ]


def _person(instance: Instance, person: Employee, days: list[str]) -> list[str]:
    worked = [shift for shift in days if shift != OFF]
    minutes = sum(instance.shifts[shift].minutes for shift in worked)
    weekends = sum(any(days[day] != OFF for day in pair) for pair in instance.weekends)
    found = [f"works on day {day}, a day off" for day in sorted(person.days_off) if days[day] != OFF]
    found += [
        f"{second} follows {first}"
        for first, second in pairwise(days)
        if first != OFF and second in instance.shifts[first].bars
    ]
    found += [
        f"more than {most} shifts {shift}"
        for shift, most in person.most_shifts.items()
        if days.count(shift) > most
    ]
    if not person.least_minutes <= minutes <= person.most_minutes:
        found.append(f"{minutes} minutes")
    if weekends > person.most_weekends:
        found.append(f"{weekends} weekends")
    return found + _rows(person, [shift != OFF for shift in days])


def _rows(person: Employee, on: list[bool]) -> list[str]:
    """Return rows of work or rest that are too long or too short; a row cut by either end of the horizon is not too short."""
    rows = [(works, len(list(row))) for works, row in groupby(on)]
    found = [f"{length} days in a row" for works, length in rows if works and length > person.most_row]
    for works, length in rows[1:-1]:
        if length < (person.least_row if works else person.least_off):
            found.append(f"only {length} days of {'work' if works else 'rest'} in a row")
    return found
