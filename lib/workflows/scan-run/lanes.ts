import { isFinal, type ScanRecord } from '../../fleet/scan.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';

type Who = Pick<ScanRecord, 'id' | 'projectId' | 'clusterId' | 'kind'>;

/** Whether a scan that holds something has ended, or is gone: then what it holds may be taken. */
const hasEnded = async ({ records }: ScanRunPorts, clusterId: string, scanId: string): Promise<boolean> => {
  const scan = await records.scans.get({ clusterId, name: scanId });
  return scan === undefined || isFinal(scan.value.state);
};

/** Takes the lane of a kind on a cluster: at most one scan of a kind is alive there. Answers the scan that holds it: this one, or the one that was faster. */
export const takeLane = async (ports: ScanRunPorts, { id, clusterId, kind }: Who): Promise<string> => {
  const { lanes } = ports.records;
  const mine = { clusterId, kind, scanId: id, since: ports.clock.now() };
  const there = await lanes.get({ clusterId, name: kind });
  if (there?.value.scanId === id) return id;
  if (there && !(await hasEnded(ports, clusterId, there.value.scanId))) return there.value.scanId;
  const taken = there ? await lanes.replace(there, mine) : await lanes.create(mine);
  // somebody was faster: look again, from the start
  if (!taken.ok) throw new RetryThis(taken.failure.say);
  return id;
};

/** Takes one of the project's places for running scans; false when all are taken. Places of scans that have ended are cleared away. */
export const takeSlot = async (ports: ScanRunPorts, { id, projectId, clusterId }: Who): Promise<boolean> => {
  const { slots, projects } = ports.records;
  const project = await projects.need(projectId);
  if (!project.ok) throw new RetryThis(project.failure.say);
  const there = await slots.get(projectId);
  const running = there?.value.running ?? [];
  if (running.some(({ scanId }) => scanId === id)) return true;
  const alive = [];
  const isFull = running.length >= project.value.value.concurrentScans;
  for (const one of running) if (!isFull || !(await hasEnded(ports, one.clusterId, one.scanId))) alive.push(one);
  if (alive.length >= project.value.value.concurrentScans) return false;
  const mine = { projectId, running: [...alive, { clusterId, scanId: id }] };
  const taken = there ? await slots.replace(there, mine) : await slots.create(mine);
  if (!taken.ok) throw new RetryThis(taken.failure.say);
  return true;
};

/** Gives back lane and place. Harmless when they are somebody else's by now. */
export const release = async ({ records }: Pick<ScanRunPorts, 'records'>, { id, projectId, clusterId, kind }: Who): Promise<void> => {
  const lane = await records.lanes.get({ clusterId, name: kind });
  if (lane?.value.scanId === id) await records.lanes.remove({ clusterId, name: kind }, lane.revision);
  const there = await records.slots.get(projectId);
  if (!there) return;
  const freed = await records.slots.update(projectId, (slots) => ({
    ok: true,
    value: slots.running.some(({ scanId }) => scanId === id)
      ? { ...slots, running: slots.running.filter(({ scanId }) => scanId !== id) }
      : slots,
  }));
  if (!freed.ok && freed.failure.code !== 'not-found') throw new RetryThis(freed.failure.say);
};
