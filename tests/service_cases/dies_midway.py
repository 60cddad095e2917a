# what: It dies when it is asked.
# verdict: run-time error
# reason: ended with exit code 9 before this step was over
import os

from honest import Handler, serve


class Dying(Handler):
    def do_GET(self):
        os._exit(9)


serve(Dying)
