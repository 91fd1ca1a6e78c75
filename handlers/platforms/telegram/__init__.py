"""Telegram: the only folder that knows its library."""
