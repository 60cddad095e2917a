function hops(priorities) {
  const n = priorities.length;
  const answer = new Array(n).fill(0);
  const senders = [];
  for (let i = 0; i < 2 * n; i++) {
    const priority = priorities[i % n];
    while (senders.length > 0 && priorities[senders[senders.length - 1]] <= priority) {
      const sender = senders.pop();
      answer[sender] = i - sender;
    }
    if (i < n && priority > 0) {
      senders.push(i);
    }
  }
  return answer;
}
