"""One grammar of what readers write: wishes, questions, days, small talk. Pure; it knows no archive."""
