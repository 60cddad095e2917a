# what: It looks for other boxes: interfaces, listeners, sockets without a name in the file system, processes, files.
# verdict: accepted
import os

from honest import found, serve

interfaces = [line.split(":")[0].strip() for line in open("/proc/net/dev").read().splitlines()[2:]]
found += [name for name in interfaces if name != "lo"]
found += open("/proc/net/route").read().splitlines()[1:]
for line in open("/proc/net/tcp").read().splitlines()[1:]:
    words = line.split()
    port = int(words[1].split(":")[1], 16)
    if words[3] == "0A" and port not in (8000, 5432, 6379):
        found.append(f"a listener on port {port}")
for line in open("/proc/net/unix").read().splitlines()[1:]:
    if line.split()[-1].startswith("@"):
        found.append(line)
mine = {1, os.getpid(), os.getppid()}
found += [f"process {name}" for name in os.listdir("/proc") if name.isdigit() and int(name) not in mine]
for path in ("/tmp/suite", "/tmp/data", "/srv/cluster", "/run/docker.sock", "/var/run/docker.sock"):
    if os.path.exists(path):
        found.append(path)
for path in ("/proc/1/environ", "/proc/1/mem", "/proc/1/fd"):
    try:
        os.listdir(path) if path.endswith("fd") else open(path, "rb").read(1)
        found.append(path)
    except OSError:
        pass
serve()
