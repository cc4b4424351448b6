import type { ScanRecord } from '../../fleet/scan.ts';
import { transition } from '../../fleet/scan-rules.ts';
import type { GatehouseEvent } from '../../ports/events.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import { forgetCredential } from './credential.ts';
import type { Judged } from './judgement.ts';
import { release } from './lanes.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';
import type { Sealed } from './seal.ts';
import { bare, completedAs } from './sealing.ts';
import { changeScan } from './store.ts';
import { noteWaiversUsed } from './waiver-use.ts';

/** What is needed to end a run. */
export type EndingPorts = Pick<ScanRunPorts, 'records' | 'secrets' | 'clock' | 'log'>;

/** Writes down that the run ended well, and where its files are. Without a seal, which could not be made for as long as it was tried, it stays to be sealed. */
export const complete = async (ports: EndingPorts, run: ScanRun, judged: Judged, sealed: Sealed | undefined): Promise<ScanRecord> => {
  const done = await changeScan(ports, run, (scan) => completedAs(scan, sealed));
  await noteWaiversUsed(ports, done.projectId, judged.usedWaivers, done.endedAt ?? ports.clock.now());
  await release(ports, done);
  await forgetCredential(ports, run);
  return done;
};

type OtherEnd = 'failed' | 'timed-out' | 'cancelled' | 'skipped';

/** The record as it ends. */
export const endedAs = (scan: ScanRecord, state: OtherEnd, reason: string, endedAt: string): ScanRecord => {
  // it was decided to end well, and only its seal is missing
  if (scan.unsealed) return completedAs(scan);
  // a run that is skipped never ran: this one did, before its process was killed and it was admitted anew
  const to = state === 'skipped' && scan.state === 'running' ? 'failed' : state;
  const moved = transition(bare(scan), to, { reason, endedAt, unsealed: true });
  return moved.ok ? moved.value : scan;
};

/** Writes down that the run ended otherwise, and why. Its evidence is to be sealed from then on, see `sealEnded`. */
export const endOtherwise = async (ports: EndingPorts, run: ScanRun, state: OtherEnd, reason: string): Promise<ScanRecord> => {
  const endedAt = ports.clock.now();
  const done = await changeScan(ports, run, (scan) => endedAs(scan, state, reason, endedAt));
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
