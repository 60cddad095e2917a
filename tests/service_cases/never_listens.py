# what: It never listens.
# verdict: run-time error
# reason: does not listen on port 8000
import time

time.sleep(600)
