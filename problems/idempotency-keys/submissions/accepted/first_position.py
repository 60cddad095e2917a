def answers(keys, bodies):
    first = {}
    codes = []
    for i, key in enumerate(keys):
        j = first.setdefault(key, i) if key else i
        if j == i:
            codes.append(201)
        elif bodies[j] == bodies[i]:
            codes.append(200)
        else:
            codes.append(422)
    return codes
