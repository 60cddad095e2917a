# mistake: Only the keys of the contact move. The other keys of their customers stay behind.
# fails: the other keys move, too
class Customers:
    def __init__(self):
        self.number_of = {}
        self.now = {}
        self.given = 0

    def contact(self, keys):
        known = {self.number_of[key] for key in keys if key in self.number_of}
        if known:
            number = min(known)
        else:
            self.given += 1
            number = self.given
            self.now[number] = number
        for key in keys:
            self.number_of[key] = number
        for other in known:
            self.now[other] = number
        return number

    def find(self, key):
        return self.number_of.get(key)

    def keys(self, number):
        if number not in self.now:
            return 0
        while self.now[number] != number:
            number = self.now[number]
        return sum(n == number for n in self.number_of.values())

    def total(self):
        return sum(n == now for n, now in self.now.items())
