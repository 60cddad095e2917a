# mistake: Each name has one savepoint. Used again it is overwritten, so the older one is missing when the newer one is gone.
# fails: the older of one name after a release
def committed(statements):
    rows = []
    savepoints = {}
    for statement in statements:
        verb, *_, word = statement.split()
        if verb == "insert":
            rows.append(int(word))
        elif verb == "savepoint":
            savepoints.pop(word, None)
            savepoints[word] = len(rows)
        else:
            if word not in savepoints:
                return []
            while True:
                name, length = savepoints.popitem()
                if name == word:
                    break
            if verb == "rollback":
                del rows[length:]
                savepoints[name] = length
    return rows
