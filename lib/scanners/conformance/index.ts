import type { Scanner } from '../scanner.ts';
import { removeRun } from './clean-up.ts';
import type { ConformanceFacts } from './facts.ts';
import { type JudgedTest, judgeTests } from './judge.ts';
import { conformanceNeeds } from './needs.ts';
import type { ConformanceOptions, ConformanceTicket } from './options.ts';
import { pollSuite } from './poll.ts';
import { startSuite } from './start.ts';

export { sweepConformance } from './clean-up.ts';
export type * from './facts.ts';
export { conformanceHome } from './home.ts';
export type { JudgedTest } from './judge.ts';
export { type ConformanceMode, conformanceModes } from './modes.ts';
export * from './options.ts';
export { lookBeforeStart } from './pre-flight.ts';
export { type SuiteFile, suiteFiles } from './submission.ts';
export { suiteImage, versionOfImage } from './suite-image.ts';

/** Whether the cluster does what every certified Kubernetes does: runs the project's own test suite in it, for minutes or hours. */
export const conformanceScanner: Scanner<ConformanceOptions, ConformanceTicket, ConformanceFacts, readonly JudgedTest[]> = {
  kind: 'conformance',
  version: 1,
  needs: () => conformanceNeeds,
  start: startSuite,
  poll: pollSuite,
  judge: judgeTests,
  cleanUp: ({ scanId, madeAt }, { cleaner, access, now, sleep }) => removeRun({ access: cleaner ?? access, scanId, madeAt, now, sleep }),
};
