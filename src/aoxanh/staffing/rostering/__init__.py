"""The pure engine of duty rosters: who of a team is on which shift; no Django, no I/O; plain rows, rules and prices.

`flaws.check` turns rows into a `Problem` and names what is wrong with them; `solve.solve` returns a `Roster` with its bound;
`replan.replan` mends one with few changes; `rules.may_take` answers a volunteer who wants a place. `tables` reads and writes CSV,
`feed` writes iCalendar, `province` rosters many teams, `public` solves the published shift-scheduling instances. The rules and
prices are told in docs/develop/rostering.md.
"""
