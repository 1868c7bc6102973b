"""Which part of a picture becomes a face."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Crop:
    """The square that is kept, in percent: side of the shorter edge; corner of width and height or None: middle."""

    size: float = 100
    x: float | None = None
    y: float | None = None

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in pixels; always a square within the picture."""
        side = max(1, min(width, height, round(min(width, height) * self.size / 100)))
        left, top = (
            round((edge - side) / 2 if given is None else min(edge * given / 100, edge - side))
            for edge, given in ((width, self.x), (height, self.y))
        )
        return max(0, left), max(0, top), max(0, left) + side, max(0, top) + side
