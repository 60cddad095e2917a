"""The box for JavaScript: Node.js, and what runs a program in it."""
