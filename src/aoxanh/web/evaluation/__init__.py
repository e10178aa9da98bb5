"""Pages of indicators, targets, official totals and evaluation cycles."""
