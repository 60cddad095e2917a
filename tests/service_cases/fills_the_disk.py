# what: It fills its folder and all inodes, and gives back only what a note needs.
# verdict: accepted
import os

from honest import serve

if not os.path.exists("large"):
    with open("notes.json", "w") as file:
        file.write("[]" + " " * 4096)
    try:
        for number in range(100_000):
            open(f"file-{number}", "w").close()
    except OSError:
        for number in range(50):
            os.unlink(f"file-{number}")
    try:
        with open("large", "wb") as file:
            while True:
                file.write(b"x" * (1 << 20))
    except OSError:
        os.truncate("large", os.path.getsize("large") - (1 << 20))
serve()
