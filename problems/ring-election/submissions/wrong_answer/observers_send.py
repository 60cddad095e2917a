# mistake: Observers get hops as well, although they send nothing.
# fails: one observer alone
def hops(priorities):
    n = len(priorities)
    answer = [0] * n
    waiting = []
    for i in range(2 * n):
        priority = priorities[i % n]
        while waiting and priorities[waiting[-1]] <= priority:
            sender = waiting.pop()
            answer[sender] = i - sender
        if i < n:
            waiting.append(i)
    return answer
