"""Exchange of items with Moodle and its kin: GIFT and Moodle XML, both ways; what cannot be taken is named, never guessed."""
