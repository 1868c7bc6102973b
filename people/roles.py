"""The roles that the product knows. Each is a Django group; administrators are superusers (A8)."""

COMMUNICATIONS = "Communications"
MODERATORS = "Moderators"

ALL = (COMMUNICATIONS, MODERATORS)
