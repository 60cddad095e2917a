"""Go: programs that Debian's compiler makes executables of."""
