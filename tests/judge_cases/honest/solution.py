def total(numbers):
    return sum(n * n % 7 for n in numbers)
