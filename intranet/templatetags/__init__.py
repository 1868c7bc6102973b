"""What all templates have without loading it."""
