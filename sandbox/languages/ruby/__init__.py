"""The box for Ruby: its interpreter, and what runs a program in it."""
