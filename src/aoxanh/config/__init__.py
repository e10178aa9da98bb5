"""Settings, URLs and WSGI: the wiring, and nothing else."""
