# mistake: A name is searched from the oldest savepoint on, past all that stay: O(n²). The newest one is wanted, so begin at the top.
# fails: 33,000 releases on top of 100,000 savepoints
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
            at = None
            for place, (name, _) in enumerate(savepoints):
                if name == word:
                    at = place
            if at is None:
                return []
            if verb == "rollback":
                del rows[savepoints[at][1] :]
                del savepoints[at + 1 :]
            else:
                del savepoints[at:]
    return rows
