"""Python: the harness that runs as PID 1 of a box, and the image it lives in."""
