"""Changes that touch more than one row or tell someone; one file per verb."""
