# what: It never listens.
# verdict: run-time error
# reason: does not listen on port 8000
# idle_s: 3
import time

time.sleep(600)
