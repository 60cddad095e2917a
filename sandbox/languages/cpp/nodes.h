// The nodes that programs find where a signature has some.
struct ListNode {
    long long value;
    ListNode* next;
    ListNode(long long value = 0, ListNode* next = nullptr) : value(value), next(next) {}
};

struct TreeNode {
    long long value;
    TreeNode *left, *right;
    TreeNode(long long value = 0, TreeNode* left = nullptr, TreeNode* right = nullptr)
        : value(value), left(left), right(right) {}
};
