"""Password hashing that a province can afford on the first day."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id at the OWASP minimum (19 MiB, two passes, one lane): about 27 ms of CPU a sign-in."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
