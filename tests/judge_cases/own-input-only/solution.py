import re

SECRET = re.compile(b"zweites[-]wort[-]8271")


def f(word):
    found = []
    for line in open("/proc/self/maps"):
        bounds, rights = line.split()[:2]
        if not rights.startswith("rw") or "[v" in line:
            continue
        start, end = (int(part, 16) for part in bounds.split("-"))
        with open("/proc/self/mem", "rb", 0) as memory:
            memory.seek(start)
            chunk = memory.read(end - start)
            if SECRET.search(chunk) and word == "first":
                found.append(line)
    return found
