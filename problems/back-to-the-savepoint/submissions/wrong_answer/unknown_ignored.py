# mistake: A statement with an unknown savepoint is skipped. It aborts the transaction, and nothing is stored.
# fails: a savepoint that went with a rollback
def committed(statements):
    rows = []
    savepoints = []
    for statement in statements:
        verb, *_, word = statement.split()
        if verb == "insert":
            rows.append(int(word))
        elif verb == "savepoint":
            savepoints.append((word, len(rows)))
        elif word in [name for name, _ in savepoints]:
            while savepoints[-1][0] != word:
                savepoints.pop()
            if verb == "rollback":
                del rows[savepoints[-1][1] :]
            else:
                savepoints.pop()
    return rows
