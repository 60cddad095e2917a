# mistake: The keys are kept in a list, and each request searches all of it: O(n²).
# fails: 100,000 different keys
def answers(keys, bodies):
    known = []
    first_bodies = []
    result = []
    for key, body in zip(keys, bodies):
        if key == "":
            result.append(201)
        elif key in known:
            if first_bodies[known.index(key)] == body:
                result.append(200)
            else:
                result.append(422)
        else:
            known.append(key)
            first_bodies.append(body)
            result.append(201)
    return result
