"""Measures the trainer beside yardsticks taken in the same run, so that a slow machine fools nobody."""
