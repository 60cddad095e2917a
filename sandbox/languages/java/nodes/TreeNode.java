/** What trees are made of, unless the program has a class of this name itself. */
class TreeNode {
    long value;
    TreeNode left;
    TreeNode right;

    TreeNode() {}

    TreeNode(long value) {
        this.value = value;
    }

    TreeNode(long value, TreeNode left, TreeNode right) {
        this.value = value;
        this.left = left;
        this.right = right;
    }
}
