# mistake: The common begin and the common end are cut off, and all between is one hunk.
# fails: two changes, far apart
def patch_bytes(old, new, hunk_bytes):
    if old == new:
        return 0
    begin = 0
    while begin < min(len(old), len(new)) and old[begin] == new[begin]:
        begin += 1
    end = 0
    while end < min(len(old), len(new)) - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    removed = len(old) - begin - end
    added = new[begin : len(new) - end]
    return hunk_bytes + removed + sum(len(line) + 1 for line in added)
