# what: It is no Python.
# verdict: run-time error
# reason: ended with exit code 1 before it listened
def broken(:
