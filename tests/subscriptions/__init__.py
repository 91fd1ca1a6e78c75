"""Tests of the rules about who gets what, when."""
