# mistake: Asking for an unknown key makes a customer of it.
# fails: no contacts
class Customers:
    def __init__(self):
        self.parent = [0]
        self.size = [0]
        self.number_of = {}
        self.groups = 0

    def contact(self, keys):
        roots = {self._root(self.number_of[key]) for key in keys if key in self.number_of}
        if roots:
            number = min(roots)
        else:
            number = len(self.parent)
            self.parent.append(number)
            self.size.append(0)
            self.groups += 1
        for root in roots - {number}:
            self.parent[root] = number
            self.size[number] += self.size[root]
            self.groups -= 1
        for key in keys:
            if key not in self.number_of:
                self.number_of[key] = number
                self.size[number] += 1
        return number

    def find(self, key):
        return self.contact([key])

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
