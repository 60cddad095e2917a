# mistake: Each message is followed from node to node, one by one or round by round: O(n²).
# fails: 200,000 falling priorities
def hops(priorities):
    n = len(priorities)
    answer = []
    for sender, priority in enumerate(priorities):
        made = 0
        if priority > 0:
            made = 1
            while priorities[(sender + made) % n] < priority:
                made += 1
        answer.append(made)
    return answer
