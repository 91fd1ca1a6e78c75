"""Tests of bot/delivery/."""
