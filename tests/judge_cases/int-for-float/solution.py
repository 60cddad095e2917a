def f(x):
    assert type(x) is float
    return 2
