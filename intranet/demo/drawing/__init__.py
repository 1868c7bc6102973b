"""Draws the demo company's faces as SVG, in the manner of the first eighteen; no photographs, no real people.

Used when the pictures are made, not when the demo runs: `python -m intranet.demo.drawing.faces DIRECTORY`, then any
renderer to 512 × 512 WebP in `faces/`. `covers/` holds the drawings of the pictures in the folder of that name above.
"""
