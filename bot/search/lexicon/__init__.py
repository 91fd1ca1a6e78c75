"""Words known whatever the archive holds: spellings, English and Banglish, names that are never respelt."""
