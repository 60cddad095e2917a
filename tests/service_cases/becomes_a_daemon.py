# what: Its first process ends before it listens, as daemons do.
# verdict: accepted
import os
import time

from honest import serve

if os.fork():
    os._exit(0)
os.setsid()
if os.fork():
    os._exit(0)
time.sleep(0.5)
serve()
