/** The guards against expressions that are written to hang, to exhaust or to blind (reference: docs/policies.md). A test may leave one out to see that it is the one that stops its expression. */
export const guards = ['parse', 'cost', 'patterns'] as const;
export type Guard = (typeof guards)[number];

/** Guard (a): what a source may be at most. */
export const parseLimits = { maxAstNodes: 2000, maxDepth: 50, maxListElements: 200, maxMapEntries: 100, maxCallArguments: 16 } as const;
export const longestSource = 4096;

/** Guard (b): steps, and pieces of one value. */
export const mostSteps = 10_000_000;

/** Guard (c): characters of a regular expression. */
export const longestPattern = 200;
