export type { ProbeToken } from './line.ts';
export { createProbeSender, type ProbeSenderOptions } from './probe-sender.ts';
