import type { Artefact, ScanRecord } from '../../fleet/scan.ts';
import type { GatehouseEvent } from '../../ports/events.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import { forgetCredential } from './credential.ts';
import type { Judged } from './judgement.ts';
import { release } from './lanes.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';
import { changeScan, moveScan } from './store.ts';
import { noteWaiversUsed } from './waiver-use.ts';

/** What is needed to end a run. */
export type EndingPorts = Pick<ScanRunPorts, 'records' | 'secrets' | 'clock' | 'log'>;

const bare = ({ progress: _, ...scan }: ScanRecord): ScanRecord => scan;

/** Writes down that the run ended well, and where its files are. */
export const complete = async (
  ports: EndingPorts,
  run: ScanRun,
  judged: Judged,
  artefacts: readonly Artefact[],
  manifest: NonNullable<ScanRecord['manifest']>,
): Promise<ScanRecord> => {
  await changeScan(ports, run, bare);
  const done = await moveScan(ports, run, 'completed', {
    ...judged.summary,
    artefacts: [...artefacts],
    manifest,
    endedAt: ports.clock.now(),
  });
  await noteWaiversUsed(ports, done.projectId, judged.usedWaivers, done.endedAt ?? ports.clock.now());
  await release(ports, done);
  await forgetCredential(ports, run);
  return done;
};

/** Writes down that the run ended otherwise, and why. */
export const endOtherwise = async (
  ports: EndingPorts,
  run: ScanRun,
  state: 'failed' | 'timed-out' | 'cancelled' | 'skipped',
  reason: string,
): Promise<ScanRecord> => {
  await changeScan(ports, run, bare);
  const done = await moveScan(ports, run, state, { reason, endedAt: ports.clock.now() });
  await release(ports, done);
  await forgetCredential(ports, run);
  return done;
};

const eventTypes = {
  completed: 'scan.completed',
  failed: 'scan.failed',
  'timed-out': 'scan.failed',
  cancelled: 'scan.cancelled',
  skipped: 'schedule.skipped',
} as const;

/** What the world is told of a run that began or ended. Ids follow from the run, so a repeat tells the same. */
export const eventsOf = (scan: ScanRecord, newCritical: number): readonly GatehouseEvent[] => {
  if (scan.state === 'queued') return [];
  // a person who asked sees at once that it was skipped; a schedule has nobody who looks
  if (scan.state === 'skipped' && scan.trigger.type !== 'schedule') return [];
  const { id, projectId, clusterId, kind, state, reason, endedAt, startedAt, counts, failed, changes } = scan;
  const about = { subject: `projects/${projectId}/clusters/${clusterId}`, time: endedAt ?? startedAt ?? scan.queuedAt };
  const which = { projectId, clusterId, scanId: id, kind };
  if (state === 'running') return [{ id: `${id}-started`, type: 'scan.started', ...about, data: which }];
  const data = { ...which, state, reason, counts, failed, changes };
  return [
    { id: `${id}-${state}`, type: eventTypes[state], ...about, data },
    ...(newCritical > 0
      ? [
          {
            id: `${id}-new-critical`,
            type: 'finding.new-critical' as const,
            ...about,
            data: { ...which, newCritical },
          },
        ]
      : []),
  ];
};

export const tell = async (ports: Pick<ScanRunPorts, 'events'>, events: readonly GatehouseEvent[]): Promise<void> => {
  if (events.length === 0) return;
  const published = await ports.events.publish(events);
  if (!published.ok) throw new RetryThis(published.failure.say);
};
