"""A next version, as far as old phones and old servers meet it: one app whose migration alters the hottest tables."""
