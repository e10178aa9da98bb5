"""Pages of reports and of the weekly briefing: drafting, editing, signing, correcting, taking out, and checking a signed paper."""
