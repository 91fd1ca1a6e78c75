"""Screens as readers see them, drawn from what the bot really sends.

`python -m tests.screens FOLDER`.
"""
