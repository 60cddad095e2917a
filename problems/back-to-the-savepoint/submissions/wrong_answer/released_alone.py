# mistake: A release removes the named savepoint alone. Those set after it have to go as well.
# fails: a savepoint that went with a release
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
            del savepoints[at + 1 :]
        else:
            del savepoints[at]
    return rows
