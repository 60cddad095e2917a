"""One folder a language: its image, its harness and the cases that prove it."""
