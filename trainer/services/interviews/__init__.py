"""Mock interviews: sitting one, typing and sending in it, and reading it afterwards."""
