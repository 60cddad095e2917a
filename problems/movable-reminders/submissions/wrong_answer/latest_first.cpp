// mistake: A priority_queue has its largest entry in front, so without another comparison the latest reminder comes first.
// fails: sent too late
#include <bits/stdc++.h>
using namespace std;

class Reminders {
    priority_queue<tuple<long long, long long, string>> heap;
    unordered_map<string, long long> numbers; // of the entry that counts
    long long sets = 0;

    void dropStale() {
        while (!heap.empty()) {
            auto& [at, number, reminder] = heap.top();
            auto found = numbers.find(reminder);
            if (found != numbers.end() && found->second == number) {
                return;
            }
            heap.pop();
        }
    }

public:
    bool set(string reminder, long long at) {
        bool moved = numbers.count(reminder) > 0;
        numbers[reminder] = ++sets;
        heap.push({at, sets, reminder});
        return moved;
    }

    bool cancel(string reminder) { return numbers.erase(reminder) > 0; }

    optional<string> take(long long now) {
        dropStale();
        if (heap.empty() || get<0>(heap.top()) > now) {
            return nullopt;
        }
        string reminder = get<2>(heap.top());
        heap.pop();
        numbers.erase(reminder);
        return reminder;
    }

    optional<long long> nextAt() {
        dropStale();
        if (heap.empty()) {
            return nullopt;
        }
        return get<0>(heap.top());
    }
};
