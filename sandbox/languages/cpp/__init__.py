"""C++: programs that GCC makes executables of."""
