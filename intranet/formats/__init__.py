"""Formats that differ from Django's own: British dates and a 24-hour clock, as colleagues write them."""
