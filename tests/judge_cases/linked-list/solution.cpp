ListNode* f(ListNode* head) {
    ListNode* found = nullptr;
    for (; head; head = head->next) found = new ListNode(head->value, found);
    return found;
}
