"""The box for Java: its compiler, and what runs a program in it."""
