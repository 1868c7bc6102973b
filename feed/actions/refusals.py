"""Why something was not done; raised by actions, shown by views. Nothing was changed when one is raised."""


class Refused(Exception):
    """The product's rules do not allow it now; the message is for the person and translated."""


class Conflict(Exception):
    """Somebody (perhaps oneself, elsewhere) was faster; `current` is the row as it is now."""

    def __init__(self, current):
        """Keep what is there now, so that both texts can be shown."""
        super().__init__(str(current))
        self.current = current
