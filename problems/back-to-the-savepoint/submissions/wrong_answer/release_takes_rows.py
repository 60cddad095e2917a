# mistake: A release takes out rows like a rollback. It only forgets savepoints; the rows stay.
# fails: a release between two inserts
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
            del rows[savepoints[-1][1] :]
            if verb == "release":
                savepoints.pop()
    return rows
