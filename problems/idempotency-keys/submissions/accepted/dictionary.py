def answers(keys, bodies):
    remembered = {}
    codes = []
    for key, body in zip(keys, bodies):
        if not key:
            codes.append(201)
        elif key not in remembered:
            remembered[key] = body
            codes.append(201)
        else:
            codes.append(200 if remembered[key] == body else 422)
    return codes
