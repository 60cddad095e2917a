// mistake: The remainder of a negative number is negative, and so are the hops of a message round the end of the list.
// fails: falling priorities
interface Message {
  readonly sender: number;
  readonly priority: number;
}

function hops(priorities: readonly number[]): number[] {
  const nodes = priorities.length;
  const answer: number[] = priorities.map(() => 0);
  const travelling: Message[] = [];
  for (const lap of [1, 2]) {
    priorities.forEach((priority, node) => {
      while (travelling.length > 0 && travelling[travelling.length - 1].priority <= priority) {
        const { sender } = travelling.pop()!;
        answer[sender] = (node - sender) % nodes || nodes;
      }
      if (lap === 1 && priority > 0) {
        travelling.push({ sender: node, priority });
      }
    });
  }
  return answer;
}
