export {};

class ListNode<T> {
  constructor(readonly item: T, readonly next: ListNode<T> | null = null) {}
}

const console = { log: (n: number): number => n };

module.exports.f = (n: number): number => console.log(new ListNode(n).item);
