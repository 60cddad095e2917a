// mistake: sort() may change the order of slots that are equal for it. Only stable_sort() keeps that of the events.
// fails: 200 slots, half of them empty
#include <bits/stdc++.h>
using namespace std;

void compact(vector<optional<long long>>& slots, vector<long long>& done) {
    unordered_set<long long> finished(done.begin(), done.end());
    for (auto& slot : slots) {
        if (slot && finished.count(*slot)) {
            slot.reset();
        }
    }
    sort(slots.begin(), slots.end(), [](auto& a, auto& b) { return a.has_value() > b.has_value(); });
}
