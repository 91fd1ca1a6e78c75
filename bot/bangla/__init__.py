"""Bengali text, pure: numerals, calendar, normalising, sentences, cutting, dates read and printed."""
