"""What earlier releases stored, kept so that every later one proves that it can still read it.

`.venv/bin/python -m tests.golden` writes the folder of the present release: a version and records of each kind, judged
in real boxes, and an interview's format and question. It is run
once, before a release, and never for a folder that was released.
"""
