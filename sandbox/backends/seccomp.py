"""The system calls of a box that is kept: what programs use, and what its PID 1 needs to make namespaces.

An engine's own profile refuses namespaces to whoever has no capabilities. This one is given in its place to boxes that
are kept, and only there; what a student starts is filtered once more, by `harness/guard.py`, which refuses them again.
A call that is not listed is refused: those that need a capability, change the machine or its clock, or look into other
processes. Names: the kernel's system-call tables; a name that an architecture lacks is passed over.
"""

from __future__ import annotations

import errno
import json
from functools import cache

FILES = """
    access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64
    fallocate fchdir fchmod fchmodat fchown fchownat fcntl fdatasync fgetxattr flistxattr flock fremovexattr fsetxattr
    fstat fstatfs fsync ftruncate futimesat getcwd getdents getdents64 getxattr inotify_add_watch inotify_init
    inotify_init1 inotify_rm_watch ioctl lchown lgetxattr link linkat listxattr llistxattr lremovexattr lseek lsetxattr
    lstat mkdir mkdirat mknod mknodat newfstatat open openat openat2 pipe pipe2 pread64 preadv preadv2 pwrite64
    pwritev pwritev2 read readahead readlink readlinkat readv removexattr rename renameat renameat2 rmdir sendfile
    setxattr splice stat statfs statx symlink symlinkat sync sync_file_range syncfs tee truncate umask unlink unlinkat
    utime utimensat utimes vmsplice write writev
"""
WAITING = """
    epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 io_cancel io_destroy
    io_getevents io_pgetevents io_setup io_submit poll ppoll pselect6 select signalfd signalfd4 timerfd_create
    timerfd_gettime timerfd_settime
"""
MEMORY = """
    brk get_mempolicy madvise membarrier memfd_create mincore mlock mlock2 mlockall mmap mprotect mremap msync munlock
    munlockall munmap pkey_alloc pkey_free pkey_mprotect remap_file_pages
"""
PROCESSES = """
    alarm arch_prctl capget capset clone execve execveat exit exit_group fork futex futex_waitv get_robust_list
    get_thread_area getegid geteuid getgid getgroups getitimer getpgid getpgrp getpid getppid getpriority getresgid
    getresuid getrlimit getrusage getsid gettid getuid ioprio_get ioprio_set kill landlock_add_rule
    landlock_create_ruleset landlock_restrict_self pause pidfd_open pidfd_send_signal prctl prlimit64 restart_syscall
    rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait
    rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
    sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setattr sched_setparam sched_setscheduler
    sched_yield seccomp set_robust_list set_thread_area set_tid_address setfsgid setfsuid setgid setgroups setitimer
    setpgid setpriority setregid setresgid setresuid setreuid setrlimit setsid setuid sigaltstack tgkill time times
    tkill uname vfork wait4 waitid
"""
CLOCKS = """
    clock_getres clock_gettime clock_nanosleep getcpu getrandom gettimeofday nanosleep sysinfo timer_create timer_delete
    timer_getoverrun timer_gettime timer_settime
"""
TALKING = """
    accept accept4 bind connect getpeername getsockname getsockopt listen mq_getsetattr mq_notify mq_open
    mq_timedreceive mq_timedsend mq_unlink msgctl msgget msgrcv msgsnd recvfrom recvmmsg recvmsg semctl semget semop
    semtimedop sendmmsg sendmsg sendto setsockopt shmat shmctl shmdt shmget shutdown socket socketpair
"""
NAMESPACES = "mount umount2 unshare"
"""What nobody but PID 1 of a box that is kept may call."""
ALLOWED = FILES + WAITING + MEMORY + PROCESSES + CLOCKS + TALKING + NAMESPACES


@cache
def profile() -> str:
    """As JSON, in the engines' format for seccomp profiles."""
    refuse = {"action": "SCMP_ACT_ERRNO", "errnoRet": errno.ENOSYS}
    return json.dumps(
        {
            "defaultAction": "SCMP_ACT_ERRNO",
            "archMap": [
                {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": []},
                {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": []},
            ],
            "syscalls": [
                {"names": ALLOWED.split(), "action": "SCMP_ACT_ALLOW"},
                {"names": ["clone3"], **refuse},  # its flags lie in memory: the C library goes on with clone
            ],
        },
        separators=(",", ":"),
    )
