"""A storm of hostile input over every door: `python -m tests.fuzz` is the long run, the tests here are the short one."""
