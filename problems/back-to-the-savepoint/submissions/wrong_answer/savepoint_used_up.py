# mistake: A rollback removes the savepoint itself. The statement says that it stays, so one can go back to it again.
# fails: three rollbacks to one savepoint
def committed(statements):
    rows = []
    savepoints = []
    for statement in statements:
        verb, *_, word = statement.split()
        if verb == "insert":
            rows.append(int(word))
        elif verb == "savepoint":
            savepoints.append((word, len(rows)))
        else:
            while savepoints and savepoints[-1][0] != word:
                savepoints.pop()
            if not savepoints:
                return []
            _, length = savepoints.pop()
            if verb == "rollback":
                del rows[length:]
    return rows
