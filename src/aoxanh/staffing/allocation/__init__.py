"""The pure engine that sends volunteers to communes: no Django, no I/O; plain rows, arrays and prices.

`flaws.check` turns rows into a `Problem` and names what is wrong with them; `solve.solve` returns a `Plan` with the prices that
prove how far it can be from the best; `replan`, `explain`, `measures` and `baselines` stand on these. `tables` reads and
writes CSV text. The model is told in docs/develop/allocation.md.
"""
