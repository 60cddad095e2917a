# mistake: The remembered body is tested as true or false, so an empty body looks like an unknown key.
# fails: an empty body is a body
def answers(keys, bodies):
    seen = {}
    result = []
    for key, body in zip(keys, bodies):
        if not key:
            result.append(201)
        elif not seen.get(key):
            seen[key] = body
            result.append(201)
        elif seen[key] == body:
            result.append(200)
        else:
            result.append(422)
    return result
