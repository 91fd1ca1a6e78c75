"""Subjects, the outbox, digests, fan-out."""
