import os


def f(n):
    lines = (line.split(":", 1) for line in open("/proc/self/status"))
    found = {name: value.split()[0] if value.split() else "" for name, value in lines}
    names = "CapInh CapPrm CapEff CapBnd CapAmb NoNewPrivs Seccomp Uid Gid".split()
    usual = {"PATH", "HOME", "HOSTNAME", "LC_CTYPE", "TERM", "container"}
    seed = ("PYTHONHASHSEED", "0")  # the order of sets is the same in each box
    strange = {name for name, value in os.environ.items() if name not in usual and (name, value) != seed}
    groups = "65534" if set(os.getgroups()) <= {65534} else str(os.getgroups())
    return {name: found[name] for name in names} | {"environment": " ".join(sorted(strange)), "Groups": groups}
