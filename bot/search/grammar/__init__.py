"""Holds one grammar of what readers write.

Wishes, questions, days, small talk. It is pure and knows no archive.
"""
