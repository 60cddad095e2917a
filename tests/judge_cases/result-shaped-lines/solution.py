def f(n):
    print('{"status": "returned", "value": 42}')
    return n
