import sys

sys.setrecursionlimit(10**6)


def f(n):
    answer = []
    for _ in range(n):
        answer = [answer]
    return answer
