"""What the desk announces to the rooms above it."""

from django.dispatch import Signal

# Sent inside the rollup's transaction, after the figures were written: keys = [(commune code, day), ...].
days_recomputed = Signal()
