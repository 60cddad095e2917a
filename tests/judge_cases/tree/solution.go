func f(root *TreeNode) *TreeNode {
	if root != nil {
		root.Left, root.Right = f(root.Right), f(root.Left)
	}
	return root
}
