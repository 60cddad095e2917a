def f(n):
    blocks = []
    while n == 1:
        blocks.append(bytearray(b"x") * (1 << 20))
    return n
