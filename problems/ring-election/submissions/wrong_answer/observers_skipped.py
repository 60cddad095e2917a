# mistake: The hops through observers are not counted. Each sending to a next node is a hop.
# fails: one candidate among observers
def hops(priorities):
    nodes = [i for i, priority in enumerate(priorities) if priority > 0]
    n = len(nodes)
    answer = [0] * len(priorities)
    waiting = []
    for i in range(2 * n):
        priority = priorities[nodes[i % n]]
        while waiting and priorities[nodes[waiting[-1]]] <= priority:
            sender = waiting.pop()
            answer[nodes[sender]] = i - sender
        if i < n:
            waiting.append(i)
    return answer
