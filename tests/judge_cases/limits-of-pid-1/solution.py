import ctypes
import os
import resource


def f(n):
    libc = ctypes.CDLL(None, use_errno=True)
    attempts = {
        "prlimit cpu": lambda: resource.prlimit(1, resource.RLIMIT_CPU, (0, 0)),
        "prlimit files": lambda: resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0)),
        "prlimit read": lambda: resource.prlimit(1, resource.RLIMIT_NOFILE),
        "priority": lambda: os.setpriority(os.PRIO_PROCESS, 1, 19),
        "priority of the user": lambda: os.setpriority(os.PRIO_USER, 0, 19),
        "affinity": lambda: os.sched_setaffinity(1, {0}),
        "scheduler": lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0)),
        "parameter": lambda: os.sched_setparam(1, os.sched_param(0)),
    }
    done = []
    for name, attempt in attempts.items():
        try:
            attempt()
            done.append(name)
        except PermissionError:
            pass
    for name, number in {"ioprio_set": 251, "sched_setattr": 314, "kcmp": 312}.items():
        if os.uname().machine == "x86_64" and libc.syscall(number, 1, 1, 1, 0, 0) >= 0:
            done.append(name)
    return done
