"""Pages about people: teams, volunteers, roles, and one's own account. Mirrors the people room."""
