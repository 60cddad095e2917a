# what: It is a daemon that crashes when it is asked: its last process says how it ended, not the first one.
# verdict: run-time error
# reason: Your service ended with exit code 7 before this step was over.
import os

from honest import Handler, serve

if os.fork():
    os._exit(0)


class Dying(Handler):
    def do_GET(self):
        os._exit(7)


serve(Dying)
