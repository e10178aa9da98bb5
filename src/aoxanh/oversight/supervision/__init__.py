"""Supervision: tasks that come by themselves, visits and their plan. `rules`, `visiting` and `checklist` know no database."""
