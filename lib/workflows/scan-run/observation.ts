import type { WaitForConditionDecision } from '@aws/durable-execution-sdk-js';
import { failureCodes, type Result } from '../../core/failure.ts';
import { type Artefact, isFinal, type ScanRecord } from '../../fleet/scan.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import type { DurableKind } from './kinds.ts';
import type { ScanRunPorts } from './ports.ts';
import { scannerPorts, watchRun, withCluster } from './reach.ts';
import { keepFile, pack, readScan } from './store.ts';

/** How a run ended before its report. */
export interface Ended {
  readonly state: 'failed' | 'timed-out' | 'cancelled';
  readonly reason: string;
}

/** What is kept between two looks at the cluster. */
export type Looking =
  | { readonly is: 'looking'; readonly failures: number; readonly notes?: unknown }
  | { readonly is: 'seen'; readonly facts: Artefact }
  | { readonly is: 'ended'; readonly ended: Ended };

/** What a scan observed, as it is stored. */
export interface Observed {
  readonly facts: unknown;
  /** What a person should know though the scan went on, as sentences. */
  readonly warnings: readonly string[];
  readonly endedAt: string;
}

export const factsFile = 'facts.json.gz';
const mostFailures = 3;

const cancelled: Ended = { state: 'cancelled', reason: 'Cancelled by request; what it had started in the cluster was removed.' };
const timedOut = (what: string): Ended => ({
  state: 'timed-out',
  reason: `${what}; what it had started in the cluster was removed. Look at the load of the cluster and run it again.`,
});
const ended = (state: Ended): Looking => ({ is: 'ended', ended: state });

const isOverTime = ({ startedAt, queuedAt }: ScanRecord, now: string, limitMinutes: number): boolean =>
  Date.parse(now) - Date.parse(startedAt ?? queuedAt) > 60_000 * limitMinutes;

/** Asks the scanner once for its facts, and stores them when they are there. A failure that may pass is tried again, others end the run. */
export const look = async (ports: ScanRunPorts, run: ScanRun, kind: DurableKind, ticket: unknown, state: Looking): Promise<Looking> => {
  if (state.is !== 'looking') return state;
  const scan = (await readScan(ports, run))?.value;
  if (!scan || scan.cancelRequested || isFinal(scan.state)) return ended(cancelled);
  if (isOverTime(scan, ports.clock.now(), kind.limitMinutes)) return ended(timedOut(`It was not done within ${kind.limitMinutes} minutes`));
  const warnings: string[] = [];
  let noted = state.notes;
  const notes = {
    read: () => noted,
    write: (value: unknown) => {
      noted = value;
    },
  };
  const watch = watchRun(ports, run, kind.pollSeconds);
  try {
    const facts = await withCluster(ports, run.clusterId, watch.signal, (connected) =>
      kind.scanner.poll(
        ticket,
        scannerPorts(ports, run, connected, undefined, watch.signal, (sentence) => warnings.push(sentence), notes),
      ),
    );
    if (watch.why() === 'cancelled') return ended(cancelled);
    if (watch.why() === 'timed-out')
      return ended(timedOut(`The cluster did not answer all questions within ${kind.pollSeconds / 60} minutes`));
    if (!facts.ok) return afterFailure(state.failures + 1, facts, noted);
    if (facts.value === undefined) return { is: 'looking', failures: 0, ...(noted === undefined ? {} : { notes: noted }) };
    const observed: Observed = { facts: facts.value, warnings, endedAt: ports.clock.now() };
    return { is: 'seen', facts: await keepFile(ports, scan, factsFile, 'application/gzip', pack(observed)) };
  } finally {
    watch.stop();
  }
};

const afterFailure = (failures: number, answer: Extract<Result<unknown>, { ok: false }>, notes: unknown): Looking =>
  failureCodes[answer.failure.code].retry && failures < mostFailures
    ? { is: 'looking', failures, ...(notes === undefined ? {} : { notes }) }
    : ended({ state: 'failed', reason: answer.failure.say });

/** 30 s four times, 60 s eight times, then every 5 minutes; after a failure soon. A scanner that answers at the first look never waits. */
export const whenToLook = (state: Looking, attempt: number): WaitForConditionDecision => {
  if (state.is !== 'looking') return { shouldContinue: false };
  if (state.failures > 0) return { shouldContinue: true, delay: { seconds: 5 * state.failures } };
  return { shouldContinue: true, delay: { seconds: attempt <= 4 ? 30 : attempt <= 12 ? 60 : 300 } };
};

/** Removes what the scanner left in the cluster. Never the reason that a run fails: what could not be removed is a sentence in the log, and swept by the next scan. */
export const cleanUp = async (ports: ScanRunPorts, run: ScanRun, kind: DurableKind, ticket: unknown): Promise<void> => {
  const signal = AbortSignal.timeout(120_000);
  const removed = await withCluster(ports, run.clusterId, signal, (connected) =>
    kind.scanner.cleanUp(
      ticket,
      scannerPorts(ports, run, connected, connected, signal, () => undefined),
    ),
  );
  if (!removed.ok) ports.log('SCAN_CLEAN_UP_FAILED', { scanId: run.scanId, reason: removed.failure.say });
};
