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
            if verb == "rollback":
                del rows[savepoints[-1][1] :]
            else:
                savepoints.pop()
    return rows
