"""The student's box of a judging of HTTP services: the program that listens, and PID 1 that starts and ends it."""
