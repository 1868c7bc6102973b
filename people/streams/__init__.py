"""Lists of people and what a reader sees of one of them."""
