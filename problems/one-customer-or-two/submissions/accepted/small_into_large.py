class Customer:
    def __init__(self, number):
        self.number = number
        self.numbers = [number]
        self.keys = set()


class Customers:
    def __init__(self):
        self.by_key = {}
        self.by_number = {}
        self.customers = set()

    def contact(self, keys):
        customer = None
        for key in keys:
            if key in self.by_key:
                customer = self._join(customer, self.by_key[key])
        if customer is None:
            customer = Customer(len(self.by_number) + 1)
            self.by_number[customer.number] = customer
            self.customers.add(customer)
        for key in keys:
            self.by_key[key] = customer
            customer.keys.add(key)
        return customer.number

    def find(self, key):
        customer = self.by_key.get(key)
        return customer.number if customer else None

    def keys(self, number):
        customer = self.by_number.get(number)
        return len(customer.keys) if customer else 0

    def total(self):
        return len(self.customers)

    def _join(self, one, other):
        """The two as one customer. The larger object stays, the smaller number stays."""
        if one is None or one is other:
            return other
        if len(one.keys) + len(one.numbers) > len(other.keys) + len(other.numbers):
            large, small = one, other
        else:
            large, small = other, one
        for key in small.keys:
            self.by_key[key] = large
        for number in small.numbers:
            self.by_number[number] = large
        large.keys |= small.keys
        large.numbers += small.numbers
        large.number = min(large.number, small.number)
        self.customers.remove(small)
        return large
