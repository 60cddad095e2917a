# mistake: The number that was found first stays. The statement keeps the smallest.
# fails: the customer named first has the larger number
class Customers:
    def __init__(self):
        self.parent = [0]
        self.size = [0]
        self.number_of = {}
        self.groups = 0

    def contact(self, keys):
        roots = list(dict.fromkeys(self._root(self.number_of[key]) for key in keys if key in self.number_of))
        if roots:
            number = roots[0]
        else:
            number = len(self.parent)
            self.parent.append(number)
            self.size.append(0)
            self.groups += 1
        for root in roots[1:]:
            self.parent[root] = number
            self.size[number] += self.size[root]
            self.groups -= 1
        for key in keys:
            if key not in self.number_of:
                self.number_of[key] = number
                self.size[number] += 1
        return number

    def find(self, key):
        return self._root(self.number_of[key]) if key in self.number_of else None

    def keys(self, number):
        return self.size[self._root(number)] if number < len(self.parent) else 0

    def total(self):
        return self.groups

    def _root(self, number):
        parent = self.parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number
