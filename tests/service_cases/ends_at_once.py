# what: It ends before it listens.
# verdict: run-time error
# reason: ended with exit code 3 before it listened
raise SystemExit(3)
