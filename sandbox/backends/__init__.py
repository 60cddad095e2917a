"""What isolates: one module a backend."""
