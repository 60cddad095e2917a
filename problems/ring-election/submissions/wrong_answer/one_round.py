# mistake: The walk ends at the end of the list. Messages that are dropped after it get the hops of a whole round.
# fails: falling priorities
def hops(priorities):
    n = len(priorities)
    answer = [n if priority else 0 for priority in priorities]
    waiting = []
    for i in range(n):
        priority = priorities[i % n]
        while waiting and priorities[waiting[-1]] <= priority:
            sender = waiting.pop()
            answer[sender] = i - sender
        if priority > 0:
            waiting.append(i)
    return answer
