# mistake: A lost number is followed by one step only, and the number that took it over may be lost, too.
# fails: a number that is lost twice
class Customers:
    def __init__(self):
        self.number_of = {}
        self.keys_of = {}
        self.taken_over = {}
        self.given = 0

    def contact(self, keys):
        known = {self.number_of[key] for key in keys if key in self.number_of}
        if known:
            number = min(known)
        else:
            self.given += 1
            number = self.given
            self.keys_of[number] = set()
        for other in known - {number}:
            for key in self.keys_of[other]:
                self.number_of[key] = number
            self.keys_of[number] |= self.keys_of.pop(other)
            self.taken_over[other] = number
        for key in keys:
            self.number_of[key] = number
            self.keys_of[number].add(key)
        return number

    def find(self, key):
        return self.number_of.get(key)

    def keys(self, number):
        number = self.taken_over.get(number, number)
        return len(self.keys_of.get(number, ()))

    def total(self):
        return len(self.keys_of)
