"""The two node classes that signatures may name. Students find them in their namespace."""

from __future__ import annotations

from typing import Any


class ListNode:
    """One link of a singly linked list."""

    def __init__(self, value: Any = 0, next: ListNode | None = None) -> None:
        self.value = value
        self.next = next

    def __repr__(self) -> str:
        return f"ListNode({self.value!r})"


class TreeNode:
    """One node of a binary tree."""

    def __init__(self, value: Any = 0, left: TreeNode | None = None, right: TreeNode | None = None) -> None:
        self.value = value
        self.left = left
        self.right = right

    def __repr__(self) -> str:
        return f"TreeNode({self.value!r})"


for _kind in (ListNode, TreeNode):
    _kind.__module__ = "solution"
