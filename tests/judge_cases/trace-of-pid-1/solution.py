import ctypes
import os

PRIVATE = "mem environ maps smaps fd fdinfo cwd root exe auxv stack syscall io personality map_files task/1/mem ns/pid"


def f(n):
    libc = ctypes.CDLL(None, use_errno=True)
    reached = []
    for name in PRIVATE.split():
        for how in (os.O_RDONLY, os.O_WRONLY):
            try:
                os.close(os.open(f"/proc/1/{name}", how))
                os.listdir(f"/proc/1/{name}") if os.path.isdir(f"/proc/1/{name}") else open(f"/proc/1/{name}").read()
                reached.append(name)
            except OSError:
                pass
    for name in ("oom_score_adj", "comm", "timerslack_ns", "coredump_filter", "clear_refs", "sched", "autogroup"):
        try:
            fd = os.open(f"/proc/1/{name}", os.O_WRONLY)
            os.write(fd, b"1")
            reached.append(name)
        except OSError:
            pass
    for request in (16, 0x4206):  # PTRACE_ATTACH, PTRACE_SEIZE
        if libc.ptrace(request, 1, 0, 0) == 0:
            reached.append("ptrace")
    local = ctypes.create_string_buffer(8)
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(local), 8)
    if libc.process_vm_readv(1, vector, 1, vector, 1, 0) >= 0:
        reached.append("process_vm_readv")
    return reached
