"""Pages of questions about figures, for the three people that each concerns."""
