"""Draws the demo company's faces as SVG, in the manner of the hand-drawn eighteen. No photographs, no real people.

Used when the pictures are made, not when the demo runs: `python -m intranet.demo.drawing.faces DIRECTORY`.
"""
