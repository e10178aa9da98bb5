"""The restore drill: a dump is brought back in a throw-away installation and put to work, to know that it can be."""
