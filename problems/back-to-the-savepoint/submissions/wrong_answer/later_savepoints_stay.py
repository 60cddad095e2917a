# mistake: A rollback leaves the savepoints that were set after the named one.
# fails: a savepoint that went with a rollback
def committed(statements):
    rows = []
    savepoints = []
    for statement in statements:
        verb, *_, word = statement.split()
        if verb == "insert":
            rows.append(int(word))
            continue
        if verb == "savepoint":
            savepoints.append((word, len(rows)))
            continue
        at = len(savepoints) - 1
        while at >= 0 and savepoints[at][0] != word:
            at -= 1
        if at < 0:
            return []
        if verb == "rollback":
            del rows[savepoints[at][1] :]
        else:
            del savepoints[at:]
    return rows
