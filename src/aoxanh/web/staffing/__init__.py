"""Pages of needs, plans and rosters."""
