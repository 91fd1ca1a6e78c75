"""Columns as values, and back."""
