import os

REPORTS = [
    b"[" * 1_000_000,
    b'{"status": "accepted", "value": 1}',
    b'{"status": "returned", "value": 1, "verdict": "accepted"}',
    b'{"status": ["returned"], "value": 1}',
    b"\xff\xfe\x00",
]


def f(n):
    report = REPORTS[n]
    while report:
        report = report[os.write(3, report) :]
    os._exit(0)
