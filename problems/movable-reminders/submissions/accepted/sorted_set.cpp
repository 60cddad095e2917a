#include <bits/stdc++.h>
using namespace std;

class Reminders {
    using Entry = tuple<long long, long long, string>; // time, number of the call that set it, reminder
    std::set<Entry> inOrder;
    unordered_map<string, std::set<Entry>::iterator> waiting;
    long long sets = 0;

public:
    bool set(const string& reminder, long long at) {
        bool moved = cancel(reminder);
        waiting[reminder] = inOrder.emplace(at, sets++, reminder).first;
        return moved;
    }

    bool cancel(const string& reminder) {
        auto found = waiting.find(reminder);
        if (found == waiting.end()) {
            return false;
        }
        inOrder.erase(found->second);
        waiting.erase(found);
        return true;
    }

    optional<string> take(long long now) {
        if (inOrder.empty() || get<0>(*inOrder.begin()) > now) {
            return nullopt;
        }
        string reminder = get<2>(*inOrder.begin());
        cancel(reminder);
        return reminder;
    }

    optional<long long> nextAt() const {
        return inOrder.empty() ? nullopt : optional(get<0>(*inOrder.begin()));
    }
};
