"""The box of the hidden suite: pytest, a helper library, and PID 1 that runs a phase at a time.

It listens nowhere."""
