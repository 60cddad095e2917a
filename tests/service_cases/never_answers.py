# what: It accepts connections and says nothing.
# verdict: time limit exceeded
# reason: no whole answer within 5 s
import time

from honest import Handler, serve


class Silent(Handler):
    def do_GET(self):
        time.sleep(600)


serve(Silent)
