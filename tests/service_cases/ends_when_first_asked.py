# what: It ends as soon as it is asked anything: the request that ended it is shown.
# verdict: run-time error
# reason: Your service ended with exit code 4 before it answered OPTIONS /.
# asked: OPTIONS
import os

from honest import Handler, serve


class Ending(Handler):
    def do_OPTIONS(self):
        os._exit(4)


serve(Ending)
