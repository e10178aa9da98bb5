"""Pages of the initiatives room."""
