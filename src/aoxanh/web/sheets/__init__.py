"""Pages on which an office sends in its lists, sees what they would change, and takes lists out."""
