export { createProbeSender, type ProbeSenderOptions } from './probe-sender.ts';
