# mistake: The body is written after every request, so a refused one replaces the first.
# fails: a refused body is not remembered
def answers(keys, bodies):
    seen = {}
    result = []
    for key, body in zip(keys, bodies):
        if key == "" or key not in seen:
            result.append(201)
        elif seen[key] == body:
            result.append(200)
        else:
            result.append(422)
        if key != "":
            seen[key] = body
    return result
