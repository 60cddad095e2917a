# mistake: Each savepoint stores a copy of all rows: O(n²) memory. Their number is enough.
# fails: 20,000 rows, then 20,000 savepoints
def committed(statements):
    rows = []
    savepoints = []
    for statement in statements:
        verb, *_, word = statement.split()
        if verb == "insert":
            rows.append(int(word))
        elif verb == "savepoint":
            savepoints.append((word, rows.copy()))
        else:
            while savepoints and savepoints[-1][0] != word:
                savepoints.pop()
            if not savepoints:
                return []
            if verb == "rollback":
                rows = savepoints[-1][1].copy()
            else:
                savepoints.pop()
    return rows
