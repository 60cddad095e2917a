"""The bank: packages of problems, read into frozen values, resolved, rendered and checked."""
