from collections import defaultdict


def choose(versions, clashes):
    enemies = defaultdict(set)
    for a, b in clashes:
        enemies[a].add(b)
        enemies[b].add(a)
    beginnings = [[]]
    for package in versions:
        beginnings = [part + [version] for part in beginnings for version in package if enemies[version].isdisjoint(part)]
    return beginnings[0] if beginnings else None
