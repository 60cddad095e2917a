import functools
import operator

f = functools.partial(operator.add, 1)
