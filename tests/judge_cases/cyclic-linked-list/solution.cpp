ListNode* f(int n) {
    auto node = new ListNode(n);
    return node->next = node;
}
