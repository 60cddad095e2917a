# what: It cannot be started a second time: its log comes with the exit code.
# verdict: run-time error
# reason: Your service ended with exit code 1 before it listened on port 8000.
# runs: returned, returned, returned, died, not run
# log: FileExistsError
import os

from honest import serve

os.mkdir("made-at-start")
serve()
