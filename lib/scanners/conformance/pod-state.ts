import { readTime } from '../../core/time.ts';
import { progressOf } from '../pods/pod-progress.ts';
import { conformanceHome, outputContainer, suiteContainer } from './home.ts';
import type { ConformanceTicket } from './options.ts';
import type { SuitePod } from './schema.ts';

/** How the pod of the suite is. */
export type PodState =
  | { readonly is: 'starting' }
  /** It will never run: an image that does not come, no node that takes it. */
  | { readonly is: 'stuck'; readonly why: string }
  | { readonly is: 'running' }
  /** The suite has ended and its files are in the log of the second container. */
  | { readonly is: 'delivered' }
  /** It ran, and was ended from outside or by itself before it had handed anything over. */
  | { readonly is: 'lost'; readonly why: string };

/** How long a pod may look for a node. */
const placingMs = 5 * 60_000;
/** How long the second container may take after the first has ended. */
const handingOverMs = 2 * 60_000;

type Status = NonNullable<SuitePod['status']>;
type Container = NonNullable<Status['containerStatuses']>[number];

const short = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 240);
const since = (time: string | null | undefined, now: number): number => now - (readTime(time ?? '') ?? now);

const stuckContainer = (container: Container, ticket: ConformanceTicket): PodState | undefined => {
  const isOutput = container.name === outputContainer;
  const home = isOutput ? { ...conformanceHome, imageOption: '--output-image', imageMustHold: 'a busybox shell' } : conformanceHome;
  const { state } = container;
  if (!state?.waiting) return undefined;
  const progress = progressOf(
    { metadata: { name: container.name }, status: { containerStatuses: [{ state: { waiting: state.waiting } }] } },
    isOutput ? ticket.outputImage : ticket.image,
    home,
  );
  return typeof progress === 'object' ? { is: 'stuck', why: progress.reason } : undefined;
};

const unplaced = ({ conditions = [] }: Status, now: number): PodState | undefined => {
  const placing = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (!placing || since(placing.lastTransitionTime, now) < placingMs) return undefined;
  return { is: 'stuck', why: `No node takes the pod of the suite (${short(placing.message ?? placing.reason ?? 'no reason given')}).` };
};

const lostWhy = (status: Status, suite: Container | undefined): string => {
  const ended = suite?.state?.terminated;
  if (status.reason === 'DeadlineExceeded') return 'The pod of the suite was ended because it had not finished within its deadline.';
  if (status.reason)
    return `The node ended the pod of the suite (${short([status.reason, status.message].filter(Boolean).join(': ')).replace(/\.$/, '')}).`;
  if (ended?.reason === 'OOMKilled') return 'The suite ran out of memory.';
  return `The suite ended without leaving its files (${short(ended?.reason ?? 'no reason given')}, exit status ${ended?.exitCode ?? 'unknown'}).`;
};

/** Reads the status of the pod. `now` in milliseconds since 1970. */
export const podState = (pod: SuitePod, ticket: ConformanceTicket, now: number): PodState => {
  const status: Status = pod.status ?? {};
  const { containerStatuses = [] } = status;
  const suite = containerStatuses.find(({ name }) => name === suiteContainer);
  const output = containerStatuses.find(({ name }) => name === outputContainer);
  if (output?.state?.terminated?.exitCode === 0) return { is: 'delivered' };
  if (status.phase === 'Failed' || status.phase === 'Succeeded') return { is: 'lost', why: lostWhy(status, suite) };
  if (pod.metadata.deletionTimestamp !== undefined)
    return { is: 'lost', why: 'Somebody, or an eviction, is removing the pod of the suite.' };
  for (const container of containerStatuses) {
    const stuck = stuckContainer(container, ticket);
    if (stuck) return stuck;
  }
  const ended = suite?.state?.terminated;
  if (ended && since(ended.finishedAt, now) > handingOverMs) return { is: 'lost', why: lostWhy(status, suite) };
  if (output?.state?.terminated)
    return {
      is: 'lost',
      why: `The container that hands over the files failed (exit status ${output.state.terminated.exitCode}); its image must hold a busybox shell, name another with --output-image.`,
    };
  if (suite?.state?.running || ended) return { is: 'running' };
  return unplaced(status, now) ?? { is: 'starting' };
};
