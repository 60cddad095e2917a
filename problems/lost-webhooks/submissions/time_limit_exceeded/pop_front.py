# mistake: Taken lines are removed from the front of a list, and each removal moves all the others: O(n · m).
# fails: 400,000 webhooks in one second, all arrive
def lost(sent, received, max_delay_s):
    lines = list(received)
    count = 0
    for s in sent:
        while lines and lines[0] < s:
            lines.pop(0)
        if lines and lines[0] <= s + max_delay_s:
            lines.pop(0)
        else:
            count += 1
    return count
