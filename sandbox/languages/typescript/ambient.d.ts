// What a program finds beside the language's own library: the nodes of problems, and what Node.js brings.

declare class ListNode {
  value: number;
  next: ListNode | null;
  constructor(value?: number, next?: ListNode | null);
}

declare class TreeNode {
  value: number;
  left: TreeNode | null;
  right: TreeNode | null;
  constructor(value?: number, left?: TreeNode | null, right?: TreeNode | null);
}

interface Console {
  log(...data: unknown[]): void;
  error(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  info(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  table(data?: unknown): void;
  dir(data?: unknown): void;
  assert(condition?: unknown, ...data: unknown[]): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  trace(...data: unknown[]): void;
}

declare var console: Console;
declare var process: any;
declare var Buffer: any;
declare var performance: { now(): number };
declare var module: { exports: any };
declare var exports: any;
declare var require: any;
declare function setTimeout(callback: (...given: any[]) => void, ms?: number, ...given: any[]): any;
declare function setInterval(callback: (...given: any[]) => void, ms?: number, ...given: any[]): any;
declare function setImmediate(callback: (...given: any[]) => void, ...given: any[]): any;
declare function clearTimeout(timer: any): void;
declare function clearInterval(timer: any): void;
declare function clearImmediate(timer: any): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare var URL: any;
declare var URLSearchParams: any;
declare var TextEncoder: any;
declare var TextDecoder: any;

declare module "*";
