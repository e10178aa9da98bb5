"""Days on which service centres are shut: Sundays and the public holidays of the Labour Code of 2019 (article 112)."""

from datetime import date

NEW_YEARS_OF_THE_MOON = (date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13))
_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))
_HUNG_KINGS = (date(2026, 4, 26), date(2027, 4, 16), date(2028, 4, 4), date(2029, 4, 23))


def is_closed(day: date) -> bool:
    """Tell whether service centres are shut all day."""
    near_tet = any(-3 <= (day - tet).days <= 5 for tet in NEW_YEARS_OF_THE_MOON)
    return day.weekday() == 6 or (day.month, day.day) in _HOLIDAYS or near_tet or day in _HUNG_KINGS
