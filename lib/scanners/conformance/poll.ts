import { failed, failureCodes, type Result, succeed } from '../../core/failure.ts';
import { asLabel } from '../pods/home.ts';
import type { ScannerPorts } from '../scanner.ts';
import { podPath, scanOf } from './clean-up.ts';
import { cutOff, whole } from './conclude.ts';
import { longestDelivery, readDelivery, readPassed } from './delivery.ts';
import type { ConformanceFacts, SuiteProgress } from './facts.ts';
import { outputContainer, suiteContainer } from './home.ts';
import { readJunit } from './junit.ts';
import { type Memory, recall, remember } from './memory.ts';
import type { ConformanceTicket } from './options.ts';
import { podState } from './pod-state.ts';
import { progressText } from './progress-text.ts';
import { SuiteNode, SuitePod } from './schema.ts';
import { readSuiteLog } from './suite-log.ts';

type Ports = Pick<ScannerPorts, 'access' | 'now' | 'notes' | 'progress' | 'signal'>;
type Look = Result<ConformanceFacts | undefined>;

/** How long the cluster, or the node of the suite, may be silent: disruptive tests restart what runs there. */
const silentMs = 10 * 60_000;
/** A log is read this often at most. */
const betweenReadsMs = 10_000;
/** Bytes of the suite's own output that are read for its progress. */
const longestLog = 24 * 1_048_576;
/** How often files are read again that are not whole: the last lines of a container that has just ended can be late. */
const mostBroken = 3;

const stillRunning = succeed(undefined);

interface Looking {
  readonly ticket: ConformanceTicket;
  readonly ports: Ports;
  readonly memory: Memory;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const cut = async ({ ticket, ports, memory }: Looking, why: string, state: 'failed' | 'timed-out' = 'failed'): Promise<Look> =>
  succeed(await cutOff(ticket, ports, memory.progress, { state, why }));

/** Whether the cluster has been silent for too long; a moment of silence is remembered. */
const isSilent = ({ ports, memory, now }: Looking): boolean => {
  const { silentSince = now } = memory;
  remember(ports, { ...memory, silentSince });
  return now - silentSince > silentMs;
};

const isOver = ({ ticket, now }: Looking): boolean => now - Date.parse(ticket.startedAt) > 60_000 * ticket.limitMinutes;
const overTime = (looking: Looking): Promise<Look> =>
  cut(looking, `The suite had not ended after ${looking.ticket.limitMinutes} minutes.`, 'timed-out');

/** Reads how far the suite is. A log that cannot be read, because its node is away, leaves what is known. */
const readProgress = async ({ ticket, ports: { access }, memory }: Looking): Promise<SuiteProgress | undefined> => {
  const log = await access.text(`${podPath}/log`, { container: suiteContainer, limitBytes: String(longestLog) });
  if (!log.ok) return undefined;
  const told = await access.text(`${podPath}/log`, { container: outputContainer, tailLines: '20' });
  const printed = readSuiteLog(log.value);
  const seen = { ...printed, passed: Math.max(printed.passed, told.ok ? readPassed(told.value, ticket.nonce) : 0) };
  const before = memory.progress;
  // a log that was rotated has lost its beginning
  return before && before.passed + before.failed > seen.passed + seen.failed ? before : { ...before, ...seen };
};

const show = ({ ticket, ports, now }: Looking, progress: SuiteProgress): void => {
  const done = progress.passed + progress.failed;
  const elapsed = (now - Date.parse(ticket.startedAt)) / 1_000;
  ports.progress({ done, total: Math.max(progress.selected ?? done, 1), doing: progressText(progress, elapsed) });
};

/** Reads the files of a run that has ended. */
const collect = async (looking: Looking): Promise<Look> => {
  const { ticket, ports, memory } = looking;
  const log = await ports.access.text(`${podPath}/log`, { container: outputContainer, limitBytes: String(longestDelivery) });
  if (!log.ok) return isRetryable(log) ? silent(looking, log) : log;
  const files = readDelivery(log.value, ticket.nonce);
  const junit = files['junit_01.xml'];
  const suite = files['e2e.log'];
  const rows = junit.ok ? readJunit(junit.value.text) : junit;
  if (!rows.ok || !suite.ok) {
    const broken = (memory.broken ?? 0) + 1;
    remember(ports, { ...memory, broken });
    if (broken < mostBroken) return stillRunning;
  }
  if (!rows.ok) return cut(looking, rows.failure.say);
  const missing = suite.ok ? [] : [`${suite.failure.say} Counts and findings come from junit_01.xml, which is whole.`];
  return succeed(
    await whole(
      ticket,
      ports,
      rows.value,
      { 'e2e.log': suite.ok ? suite.value : undefined, 'junit_01.xml': junit.ok ? junit.value : undefined },
      missing,
    ),
  );
};

const isRetryable = (answer: Extract<Result<unknown>, { ok: false }>): boolean => failureCodes[answer.failure.code].retry;

const silent = (looking: Looking, answer: Extract<Result<unknown>, { ok: false }>): Promise<Look> | Look => {
  if (isOver(looking)) return overTime(looking);
  return isSilent(looking)
    ? cut(looking, `The cluster has not answered for ${silentMs / 60_000} minutes: ${answer.failure.say}`)
    : stillRunning;
};

/** Whether the node of the suite is away for too long. */
const isNodeLost = async ({ ports: { access }, now }: Looking, { spec }: SuitePod): Promise<string | undefined> => {
  if (spec?.nodeName === undefined) return undefined;
  const node = await access.get(`/api/v1/nodes/${spec.nodeName}`, SuiteNode);
  if (!node.ok) return node.failure.code === 'not-found' ? `The node ${spec.nodeName}, on which the suite ran, is gone.` : undefined;
  const ready = node.value.status?.conditions?.find(({ type }) => type === 'Ready');
  const isAway = ready !== undefined && ready.status !== 'True' && now - Date.parse(ready.lastTransitionTime ?? '') > silentMs;
  return isAway ? `The node ${spec.nodeName}, on which the suite runs, has been away for ${silentMs / 60_000} minutes.` : undefined;
};

const watch = async (looking: Looking, pod: SuitePod): Promise<Look> => {
  const lost = await isNodeLost(looking, pod);
  if (lost !== undefined) return cut(looking, lost);
  if (isOver(looking)) return overTime(looking);
  const { memory, now, ports } = looking;
  if (memory.progress && now - (memory.readAt ?? 0) < betweenReadsMs) return stillRunning;
  const progress = await readProgress(looking);
  if (!progress) return stillRunning;
  const { silentSince: _, ...rest } = memory;
  remember(ports, { ...rest, progress, readAt: now });
  show(looking, progress);
  return stillRunning;
};

/** One look at a running suite: how far it is, or what it found. Everything it needs is in the ticket and in the cluster; what earlier looks saw helps where the cluster has lost it. */
export const pollSuite = async (ticket: ConformanceTicket, ports: Ports): Promise<Look> => {
  const looking: Looking = { ticket, ports, memory: recall(ports), now: Date.parse(ports.now()) };
  const got = await ports.access.get(podPath, SuitePod);
  if (!got.ok) {
    if (got.failure.code === 'not-found') return cut(looking, 'Somebody removed the pod of the suite before it had ended.');
    return isRetryable(got) ? silent(looking, got) : got;
  }
  const pod = got.value;
  if (scanOf(pod) !== asLabel(ticket.scanId)) return cut(looking, 'The pod of the suite was replaced by that of another scan.');
  const state = podState(pod, ticket, looking.now);
  if (state.is === 'delivered') return collect(looking);
  if (state.is === 'running') return watch(looking, pod);
  if (state.is === 'starting') {
    ports.progress({ done: 0, total: 1, doing: 'starting the suite' });
    return isOver(looking) ? overTime(looking) : stillRunning;
  }
  if (state.is === 'stuck' && !looking.memory.progress) return failed('answer-invalid', state.why);
  // the log of a pod that has ended can still be read, for a moment
  const progress = (await readProgress(looking)) ?? looking.memory.progress;
  return cut({ ...looking, memory: { ...looking.memory, progress } }, state.why);
};
