"""Tests of bot.sources: fetching from servers on this machine, and parsing."""
