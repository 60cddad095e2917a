class Mine:
    def __init__(self, value, next):
        self.value, self.next = value, next


def f(head):
    found = None
    while head:
        found = Mine(head.value, found)
        head = head.next
    return found
