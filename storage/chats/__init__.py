"""Chats, what they chose, and who did what."""
