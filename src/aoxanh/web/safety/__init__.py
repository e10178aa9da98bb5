"""Pages about fraud: the badge that a citizen looks at, reports, their inbox, warnings and badges on paper."""
