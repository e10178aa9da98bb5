"""Pages of supervision: the inbox of tasks, visits, and what somebody keeps of the boards."""
