# mistake: The empty key is remembered like any other, so clients without a key get in each other's way.
# fails: two clients without a key
def answers(keys, bodies):
    seen = {}
    result = []
    for key, body in zip(keys, bodies):
        if key not in seen:
            seen[key] = body
            result.append(201)
        elif seen[key] == body:
            result.append(200)
        else:
            result.append(422)
    return result
