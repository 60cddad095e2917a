# mistake: A set of keys with bodies knows repetitions, but takes a known key with another body for a new one.
# fails: a refused body is not remembered
def answers(keys, bodies):
    seen = set()
    result = []
    for key, body in zip(keys, bodies):
        if key and (key, body) in seen:
            result.append(200)
        else:
            seen.add((key, body))
            result.append(201)
    return result
