# what: It takes three seconds to start: that time is nobody's.
# verdict: accepted
import time

from honest import serve

time.sleep(3)
serve()
