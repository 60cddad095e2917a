# what: Each answer comes in time, and all together take longer than a phase may, however busy the machine is.
# verdict: time limit exceeded
# reason: was over before this one was
# suites: suite_often
# phase_s: 2
import time

from honest import Handler, serve


class Slow(Handler):
    def do_GET(self):
        time.sleep(1.5)
        super().do_GET()


serve(Slow)
