#include <bits/stdc++.h>
using namespace std;

ListNode* fairOrder(ListNode* head, long long burst) {
    map<long long, long long> count;
    vector<pair<long long, ListNode*>> jobs; // each with its round
    for (ListNode* node = head; node; node = node->next) {
        jobs.emplace_back(count[node->value % 1000]++ / burst, node);
    }
    stable_sort(jobs.begin(), jobs.end(), [](auto& a, auto& b) { return a.first < b.first; });

    ListNode front;
    ListNode* last = &front;
    for (auto& [round, node] : jobs) {
        last = last->next = node;
    }
    last->next = nullptr;
    return front.next;
}
