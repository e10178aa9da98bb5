"""Pages to learn from: the courses, and a page for each module."""
