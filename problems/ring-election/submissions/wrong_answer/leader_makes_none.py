# mistake: A message that comes all the way round gets no hops. It travels through the whole ring and is dropped by its own sender.
# fails: one candidate alone
def hops(priorities):
    n = len(priorities)
    answer = [0] * n
    waiting = []
    for i in range(2 * n):
        priority = priorities[i % n]
        while waiting and priorities[waiting[-1]] <= priority:
            sender = waiting.pop()
            answer[sender] = (i - sender) % n
        if i < n and priority > 0:
            waiting.append(i)
    return answer
