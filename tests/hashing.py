"""Password hashing for tests: the same algorithm as in production, at a cost that tests can pay."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CheapArgon2(Argon2PasswordHasher):
    """Argon2 with the least time and memory it accepts."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
