import { createRetryStrategy, type DurableContext } from '@aws/durable-execution-sdk-js';
import { failed } from '../../core/failure.ts';
import { type Artefact, isFinal, type ScanRecord, type ScanState } from '../../fleet/scan.ts';
import { uncertainty } from '../../fleet/scan-rules.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import { formats } from '../../reports/renderers/renderer.ts';
import { lookAtCluster } from '../look-at-cluster.ts';
import { type Admission, admission } from './admission.ts';
import { isBetweenSteps, logBreak, type Steps, sayBrokenOff, watched } from './breaking-off.ts';
import { complete, endOtherwise, eventsOf, tell } from './ending.ts';
import { type Judged, judge, renderOne } from './judgement.ts';
import { type DurableKind, durableKind } from './kinds.ts';
import { takeSlot } from './lanes.ts';
import { cleanUp, type Ended, type Looking, look, whenToLook } from './observation.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';
import { scannerPorts, withCluster } from './reach.ts';
import type { Sealed } from './seal.ts';
import { seal } from './sealable-scan.ts';
import { decideCompleted, sealEnded } from './sealing.ts';
import { readScan } from './store.ts';

export { availableKinds, durableKind } from './kinds.ts';
export type { ScanRunPorts } from './ports.ts';
export { scanFolder } from './store.ts';

/** How a run ended, for whoever drives it. */
export interface ScanRunEnd {
  readonly state: ScanState | 'over';
  readonly reason?: string;
}

/** A step is tried again when it says so, and only then: every other error is a defect and ends the run. */
const retryStrategy = createRetryStrategy({
  maxAttempts: 8,
  initialDelay: { seconds: 1 },
  maxDelay: { seconds: 60 },
  backoffRate: 2,
  retryableErrorTypes: [RetryThis],
});
const patient = { retryStrategy };
const rendered = formats.filter((format) => format !== 'json');

type Admitted = Extract<Admission, { is: 'admitted' }>;

/**
 * One scan from end to end, as a durable run: every step can be repeated, what it made the first time is kept. Code between the steps is replayed: no clock, no chance, no I/O there.
 * Steps: wait for a place → admit → start → look until the facts are there → clean up → judge → render each format → seal → complete → tell; a run that ends otherwise: end → tell → seal.
 */
export const makeScanRun =
  (ports: ScanRunPorts) =>
  async (run: ScanRun, durable: Pick<DurableContext, 'step' | 'waitForCondition'>): Promise<ScanRunEnd> => {
    const context = watched(ports, run, durable);
    const scannerOf = (scan: ScanRecord) => durableKind(scan.kind)?.scanner.version;
    if (run.seal !== undefined) {
      await context.step('seal', () => sealEnded(ports, run), patient);
      return { state: 'over' };
    }
    const end = async (state: Ended['state'] | 'skipped', reason: string, broken?: unknown): Promise<ScanRunEnd> => {
      const finish = () => {
        if (broken !== undefined) logBreak(ports, run, 'between steps', broken);
        return endOtherwise(ports, run, state, reason);
      };
      const scan = await context.step('end', finish, patient);
      await context.step('tell', () => tell(ports, eventsOf(scan, 0)), patient);
      if (scan.unsealed) await orLater(ports, run, () => context.step('seal', () => sealEnded(ports, run, scannerOf(scan)), patient));
      return { state: scan.state, ...(scan.reason === undefined ? {} : { reason: scan.reason }) };
    };
    try {
      const scan = await waitForPlace(ports, run, context);
      if (!scan) return { state: 'over' };
      if (scan.cancelRequested) return await end('cancelled', 'Cancelled by request before it started.');
      const kind = durableKind(scan.kind);
      const admitted = await context.step('admit', () => admission(ports, run, kind), patient);
      if (admitted.is === 'over') return { state: 'over' };
      if (admitted.is === 'refused' || !kind) return await end('skipped', admitted.is === 'refused' ? admitted.reason : '');
      const seen = await observe(ports, run, kind, admitted, context);
      if (seen.is === 'ended') return await end(seen.ended.state, seen.ended.reason);
      return await report(ports, run, kind, admitted, seen, context, end);
    } catch (error) {
      // a defect, or something that stayed broken for as long as it was tried: the run must not stay open for ever
      return await end('failed', sayBrokenOff(error, run), isBetweenSteps(error) ? error : undefined);
    }
  };

/** Evidence that cannot be sealed for as long as it was tried is no reason to end otherwise: upkeep tries again, see `restartQueued`. */
const orLater = async <T>({ log }: ScanRunPorts, { scanId }: ScanRun, work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch {
    log('SCAN_SEALED_LATER', { scanId });
    return undefined;
  }
};

/** Waits until the project has a free place, and answers the record then; none when the run is over. */
const waitForPlace = async (ports: ScanRunPorts, run: ScanRun, context: Steps): Promise<ScanRecord | undefined> => {
  type Waiting = { readonly is: 'waiting' } | { readonly is: 'in' | 'over'; readonly scan?: ScanRecord };
  const state = await context.waitForCondition<Waiting>(
    'wait for a place',
    async () => {
      const scan = (await readScan(ports, run))?.value;
      if (!scan) return { is: 'over' };
      if (scan.cancelRequested || scan.state !== 'queued') return { is: 'in', scan };
      return (await takeSlot(ports, scan).catch(() => false)) ? { is: 'in', scan } : { is: 'waiting' };
    },
    {
      initialState: { is: 'waiting' },
      waitStrategy: ({ is }, attempt) =>
        is === 'waiting' ? { shouldContinue: true, delay: { seconds: Math.min(5 * attempt, 60) } } : { shouldContinue: false },
    },
  );
  return state.is === 'in' ? state.scan : undefined;
};

/** Starts the scanner, looks until the facts are there, and cleans up whatever happened. */
const observe = async (
  ports: ScanRunPorts,
  run: ScanRun,
  kind: DurableKind,
  { cluster }: Admitted,
  context: Steps,
): Promise<Exclude<Looking, { is: 'looking' }>> => {
  const target = { cluster: { id: cluster.uid, name: cluster.name, kubernetesVersion: cluster.kubernetesVersion }, scanId: run.scanId };
  const started = await context.step(
    'start',
    async () => {
      const scan = (await readScan(ports, run))?.value;
      const project = (await ports.records.projects.get(run.projectId))?.value;
      if (!scan || !project) return failed('not-found', 'The scan or its project is gone.');
      const options = kind.within(scan.options, project);
      if (!options.ok) return options;
      const signal = AbortSignal.timeout(120_000);
      return withCluster(ports, run.clusterId, signal, (connected) =>
        kind.scanner.start(
          target,
          options.value,
          scannerPorts(ports, run, connected, undefined, signal, () => undefined),
        ),
      );
    },
    patient,
  );
  if (!started.ok) return { is: 'ended', ended: { state: 'failed', reason: started.failure.say } };
  const ticket = started.value;
  try {
    const seen = await context.waitForCondition<Looking>('look', (state) => look(ports, run, kind, ticket, state), {
      initialState: { is: 'looking', failures: 0 },
      waitStrategy: whenToLook,
    });
    // the strategy goes on as long as it is looking
    return seen as Exclude<Looking, { is: 'looking' }>;
  } finally {
    await context.step('clean up', () => cleanUp(ports, run, kind, ticket), patient);
  }
};

/** Whether nodes came, went or changed their version meanwhile: then nobody can say of which cluster the report is. */
const certainty = async (ports: ScanRunPorts, run: ScanRun, { nodes }: Admitted): Promise<{ readonly uncertain?: string }> => {
  const now = await withCluster(ports, run.clusterId, AbortSignal.timeout(60_000), async (connected) =>
    lookAtCluster(connected.access, ports.clock.now()),
  );
  const after = now.ok ? now.value.found?.nodes : undefined;
  const uncertain = after && nodes.length > 0 ? uncertainty(nodes, after) : undefined;
  return uncertain === undefined ? {} : { uncertain };
};

const report = async (
  ports: ScanRunPorts,
  run: ScanRun,
  kind: DurableKind,
  admitted: Admitted,
  { facts }: Extract<Looking, { is: 'seen' }>,
  context: Steps,
  end: (state: Ended['state'], reason: string) => Promise<ScanRunEnd>,
): Promise<ScanRunEnd> => {
  const read = async (): Promise<ScanRecord> => {
    const scan = (await readScan(ports, run))?.value;
    // nothing may join the files of a run that is sealed
    if (!scan || isFinal(scan.state)) throw new Error('its record is gone, or somebody ended it');
    return scan;
  };
  const sure = await context.step('compare nodes', () => certainty(ports, run, admitted), patient);
  const judged = await context.step(
    'judge',
    async () => judge(ports, await read(), kind, facts, admitted.cluster.name, sure.uncertain === undefined ? [] : [sure.uncertain]),
    patient,
  );
  if (!judged.ok) return end(judged.failure.code === 'timed-out' ? 'timed-out' : 'failed', judged.failure.say);
  const summed: Judged = { ...judged.value, summary: { ...judged.value.summary, ...sure } };
  const artefacts: Artefact[] = [facts, summed.report, ...(summed.more ?? [])];
  for (const format of rendered)
    artefacts.push(await context.step(`render ${format}`, async () => renderOne(ports, await read(), summed.report, format), patient));
  // what is known of a run that was cut off is kept as its evidence, and proves nothing
  if (summed.cut) return end(summed.cut.state, summed.cut.reason);
  const sealed = await orLater(ports, run, () =>
    context.step<Sealed | undefined>(
      'seal',
      async () => {
        const scan = await decideCompleted(ports, run, summed.summary, artefacts);
        return isFinal(scan.state) ? undefined : seal(ports, scan, kind.scanner.version);
      },
      patient,
    ),
  );
  const done = await context.step('complete', () => complete(ports, run, summed, sealed), patient);
  await context.step('tell', () => tell(ports, eventsOf(done, summed.newCritical)), patient);
  return { state: done.state };
};
