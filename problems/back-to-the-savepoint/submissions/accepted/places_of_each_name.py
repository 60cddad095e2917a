from collections import defaultdict


def committed(statements):
    rows = []
    names, lengths = [], []
    depths = defaultdict(list)

    def forget_above(depth):
        while len(names) > depth:
            depths[names.pop()].pop()
            lengths.pop()

    for statement in statements:
        word = statement[statement.rindex(" ") + 1 :]
        if statement.startswith("insert "):
            rows.append(int(word))
        elif statement.startswith("savepoint "):
            depths[word].append(len(names))
            names.append(word)
            lengths.append(len(rows))
        elif not depths[word]:
            return []
        elif statement.startswith("release "):
            forget_above(depths[word][-1])
        else:
            forget_above(depths[word][-1] + 1)
            length = lengths[-1]
            while len(rows) > length:
                rows.pop()
    return rows
