"""A desk to look around in: people, sources, articles and tickets about Panjshir in September 2021."""

from verify.demo.desk import PASSWORD, SIGN_INS, is_empty, seed

__all__ = ["PASSWORD", "SIGN_INS", "is_empty", "seed"]
