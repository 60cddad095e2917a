#include <bits/stdc++.h>
using namespace std;

void compact(vector<optional<long long>>& slots, vector<long long>& done) {
    unordered_set<long long> finished(done.begin(), done.end());
    auto isFree = [&](const optional<long long>& id) { return !id || finished.contains(*id); };
    fill(remove_if(slots.begin(), slots.end(), isFree), slots.end(), nullopt);
}
