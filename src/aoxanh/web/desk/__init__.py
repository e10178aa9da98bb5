"""Pages of the desk: the hand-overs that wait for an official, and the work that was recorded."""
