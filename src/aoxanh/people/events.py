"""What the people room announces to the rooms above it."""

from django.dispatch import Signal

# Sent inside the transaction in which a minor lost, or turned out to lack, a guardian's consent. Keywords: volunteer, by.
consent_ended = Signal()

# Sent inside the transaction in which somebody was signed out everywhere. Keywords: account, by.
signed_out_everywhere = Signal()
