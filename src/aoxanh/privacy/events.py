"""What the privacy room announces to the rooms above it."""

from django.dispatch import Signal

# Sent by the retention job, outside of any transaction, for a model whose rows go by whole months (sender): the months before
# `before` have had their time. Keywords: before (the first day of a month), by. A receiver returns how many rows it let go of.
months_over = Signal()
