# mistake: When two customers become one, all keys of the one with the larger number are written anew, however many they are: O(n²).
# fails: 20,000 customers join from the last to the first
class Customers:
    def __init__(self):
        self.number_of = {}
        self.keys_of = {}
        self.now = {}
        self.numbers = {}

    def contact(self, keys):
        known = {self.number_of[key] for key in keys if key in self.number_of}
        if known:
            number = min(known)
        else:
            number = len(self.now) + 1
            self.now[number] = number
            self.keys_of[number] = set()
            self.numbers[number] = [number]
        for other in known - {number}:
            for key in self.keys_of[other]:
                self.number_of[key] = number
            for old in self.numbers[other]:
                self.now[old] = number
            self.keys_of[number] |= self.keys_of.pop(other)
            self.numbers[number] += self.numbers.pop(other)
        for key in keys:
            self.number_of[key] = number
            self.keys_of[number].add(key)
        return number

    def find(self, key):
        return self.number_of.get(key)

    def keys(self, number):
        return len(self.keys_of[self.now[number]]) if number in self.now else 0

    def total(self):
        return len(self.keys_of)
