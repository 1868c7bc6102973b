"""What readers see of blogs and articles."""
