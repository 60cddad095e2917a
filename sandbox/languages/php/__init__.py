"""The box for PHP: its interpreter, and what runs a program in it."""
