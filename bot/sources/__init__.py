"""Brings news in: fetching, and a parser for each kind."""
