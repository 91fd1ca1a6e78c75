"""Tests of the Bengali text package."""
