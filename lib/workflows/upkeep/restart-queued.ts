import { day, minute, timeOf } from '../../core/time.ts';
import { isFinal, type ScanRecord } from '../../fleet/scan.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import { partitions } from '../../records/index.ts';
import { endedAs, endOtherwise, eventsOf, tell } from '../scan-run/ending.ts';
import { limitOf } from '../scan-run/limits.ts';
import { eachOf, orLog, type UpkeepPorts } from './ports.ts';

/** Minutes after which a queued scan should have begun: whoever queued it may have died before it started the run. */
const patienceMinutes = 2;
/** A run needs a while after its time is up to clean up and to end. */
const slackMinutes = 30;
/** A run that waits for a place does so for a day at most; then its engine ends it. */
const longestWait = day;
const unknownKindMinutes = 24 * 60;

type End = readonly ['failed' | 'timed-out' | 'cancelled', string];

const ageOf = ({ startedAt, queuedAt }: ScanRecord, now: string): number => timeOf(now) - timeOf(startedAt ?? queuedAt);

const isOver = (scan: ScanRecord, age: number): boolean =>
  scan.state === 'queued'
    ? age > longestWait + slackMinutes * minute
    : age > ((limitOf(scan.kind) ?? unknownKindMinutes) + slackMinutes) * minute;

/** How a scan ended whose run is gone. */
const endOf = (scan: ScanRecord, age: number): End => {
  if (scan.cancelRequested) return ['cancelled', 'Cancelled by request.'];
  if (scan.state === 'queued')
    return age >= longestWait
      ? ['timed-out', 'It waited a whole day for its turn. Let more scans of the project run at a time, or spread the schedules.']
      : ['failed', 'Its run ended before the scan began; the log of the service says why. Run it again.'];
  return isOver(scan, age)
    ? [
        'timed-out',
        'It did not end in its time, and its run is gone; what it left in the cluster is removed by the next scan. Run it again.',
      ]
    : ['failed', 'Its run ended before the scan was done; the log of the service says why. Run it again.'];
};

/** The world is told first: when this process ends in between, the scan is found again and told of under the same id. */
const end = async (ports: UpkeepPorts, run: ScanRun, scan: ScanRecord, now: string): Promise<void> => {
  const [state, reason] = endOf(scan, ageOf(scan, now));
  await tell(ports, eventsOf(endedAs(scan, state, reason, now), 0));
  const ended = await endOtherwise(ports, run, state, reason);
  ports.log('SCAN_ABANDONED', { scanId: run.scanId, clusterId: run.clusterId, state: ended.state, reason: ended.reason });
};

/** A start is a call to somewhere, and hundreds may wait for a place for hours: after a while they are started every tenth minute. */
const isTurnToStart = (age: number): boolean => {
  const minutes = Math.floor(age / minute);
  return minutes < 10 || minutes % 10 === 0;
};

const start = async ({ starter }: UpkeepPorts, run: ScanRun): Promise<void> => {
  const started = await starter.start(run);
  if (!started.ok) throw new Error(started.failure.say);
};

/** The scan may have ended well since it was listed. */
const isStillOpen = async ({ records }: UpkeepPorts, { clusterId, scanId }: ScanRun): Promise<boolean> => {
  const scan = await records.scans.get({ clusterId, name: scanId });
  return scan?.value.state === 'queued' || scan?.value.state === 'running';
};

/** Where nobody knows of the run. */
const decideByAge = async (ports: UpkeepPorts, run: ScanRun, scan: ScanRecord, age: number, now: string): Promise<void> => {
  if (isOver(scan, age)) await end(ports, run, scan, now);
  else if (scan.state === 'queued' && isTurnToStart(age)) await start(ports, run);
};

/** Minutes for which one try to seal is worth waiting; then another one may be made. */
const sealTryMinutes = 15;

/**
 * A scan that ended without a seal: its run died before it could, or gave up because the store or the key did not answer, or there never was one, as for a slot that was missed. It is sealed by a run of its own, because nobody
 * but runs may write evidence and sign.
 */
const sealLater = async (ports: UpkeepPorts, run: ScanRun, { endedAt, queuedAt }: ScanRecord, now: string): Promise<void> => {
  const age = timeOf(now) - timeOf(endedAt ?? queuedAt);
  if (age < patienceMinutes * minute || !isTurnToStart(age)) return;
  await start(ports, { ...run, seal: Math.floor(age / (sealTryMinutes * minute)) });
};

const lookAfter = async (ports: UpkeepPorts, scan: ScanRecord, now: string): Promise<void> => {
  const run = { projectId: scan.projectId, clusterId: scan.clusterId, scanId: scan.id };
  if (isFinal(scan.state)) return sealLater(ports, run, scan, now);
  const age = ageOf(scan, now);
  if (scan.state === 'queued' && age < patienceMinutes * minute) return;
  const alive = await ports.isAlive?.(run);
  if (alive === undefined) return decideByAge(ports, run, scan, age, now);
  if (alive) return;
  if (scan.state === 'queued' && (await isStillOpen(ports, run))) {
    await start(ports, run);
    // a run of that name that has ended is not started again
    if ((await ports.isAlive?.(run)) !== false) return;
  }
  if (await isStillOpen(ports, run)) await end(ports, run, scan, now);
};

/** Starts again what stayed queued, ends what its run left open, and has sealed what ended without a seal, so that no scan stays open for ever and no lane or place taken. Cheap: it reads what is open. */
export const restartQueued = async (ports: UpkeepPorts, projectId: string): Promise<void> => {
  const now = ports.clock.now();
  const open: ScanRecord[] = [];
  for await (const { value } of ports.records.scans.all(partitions.openScans(projectId))) open.push(value);
  await eachOf(open, 8, (scan) => orLog(ports, `scan ${scan.id}`, () => lookAfter(ports, scan, now)));
};
