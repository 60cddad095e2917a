// mistake: sort() may change the order of jobs of one round; stable_sort() keeps it.
// fails: 60 jobs of four tenants
#include <bits/stdc++.h>
using namespace std;

ListNode* fairOrder(ListNode* head, long long burst) {
    unordered_map<long long, long long> count;
    vector<pair<long long, ListNode*>> jobs;
    for (ListNode* node = head; node; node = node->next) {
        jobs.push_back({count[node->value % 1000]++ / burst, node});
    }
    sort(jobs.begin(), jobs.end(), [](auto& a, auto& b) { return a.first < b.first; });

    ListNode* following = nullptr;
    for (int i = (int)jobs.size() - 1; i >= 0; i--) {
        jobs[i].second->next = following;
        following = jobs[i].second;
    }
    return following;
}
