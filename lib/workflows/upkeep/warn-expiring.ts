import { type Result, succeed } from '../../core/failure.ts';
import { addDays, day, timeOf } from '../../core/time.ts';
import type { Cluster } from '../../fleet/cluster.ts';
import type { WaiverRecord } from '../../fleet/waiver.ts';
import { waiversToWarnAbout, warningDays } from '../../fleet/waiver-rules.ts';
import type { GatehouseEvent } from '../../ports/events.ts';
import { tell } from '../scan-run/ending.ts';
import { orLog, type UpkeepPorts } from './ports.ts';

const must = (changed: Result<unknown>): void => {
  if (!changed.ok && changed.failure.code !== 'not-found') throw new Error(changed.failure.say);
};

const credentialEvent = ({ id, projectId, name, credential }: Cluster, time: string): GatehouseEvent => ({
  // a credential that is stored later has its own end, and its own warning
  id: `${id}-credential-${credential.expires}`,
  type: 'credential.expiring',
  subject: `projects/${projectId}/clusters/${id}`,
  time,
  data: { projectId, clusterId: id, name, kind: credential.kind, expires: credential.expires },
});

/** First the event, then the mark: after a crash in between, the same event comes again under the same id. */
const warnOfCredential = async (ports: UpkeepPorts, cluster: Cluster, now: string): Promise<void> => {
  await tell(ports, [credentialEvent(cluster, now)]);
  const name = { projectId: cluster.projectId, clusterId: cluster.id };
  const marked = await ports.records.clusters.update(name, (there) =>
    // somebody may have stored another one meanwhile
    succeed(
      there.credential.expires === cluster.credential.expires ? { ...there, credential: { ...there.credential, warnedAt: now } } : there,
    ),
  );
  must(marked);
};

const waiverEvent = ({ id, projectId, owner, expires, match }: WaiverRecord, time: string): GatehouseEvent => ({
  id: `${id}-expiring`,
  type: 'waiver.expiring',
  subject: `projects/${projectId}/waivers/${id}`,
  time,
  data: { projectId, waiverId: id, owner, expires, check: match.check },
});

const warnOfWaiver = async (ports: UpkeepPorts, waiver: WaiverRecord, now: string): Promise<void> => {
  await tell(ports, [waiverEvent(waiver, now)]);
  const marked = await ports.records.waivers.update({ projectId: waiver.projectId, id: waiver.id }, (there) =>
    succeed(there.state === 'approved' ? { ...there, warnedAt: now } : there),
  );
  must(marked);
};

/** Warns of credentials that stop working within 14 days, or have stopped: each once. */
const warnOfCredentials = async (ports: UpkeepPorts, now: string): Promise<void> => {
  const due: Cluster[] = [];
  const query = { pk: 'EXPIRING#credentials', index: 'expiring' as const, to: `${addDays(now, warningDays)}~` };
  for await (const { value } of ports.records.clusters.all(query)) due.push(value);
  for (const cluster of due) await orLog(ports, `credential of ${cluster.id}`, () => warnOfCredential(ports, cluster, now));
};

const place = (ms: number): string => String(ms).padStart(15, '0');

/** Warns of waivers that end within 14 days: each once. One that has ended needs no warning, the next report says so. */
const warnOfWaivers = async (ports: UpkeepPorts, now: string): Promise<void> => {
  const [from, to] = [place(timeOf(now)), `${place(timeOf(now) + warningDays * day)}~`];
  const near: WaiverRecord[] = [];
  for await (const { value } of ports.records.waivers.all({ pk: 'EXPIRING#waivers', index: 'expiring', from, to })) near.push(value);
  for (const waiver of waiversToWarnAbout(near, now)) await orLog(ports, `waiver ${waiver.id}`, () => warnOfWaiver(ports, waiver, now));
};

/** Tells of what ends soon, so that somebody can act before. */
export const warnExpiring = async (ports: UpkeepPorts): Promise<void> => {
  const now = ports.clock.now();
  await orLog(ports, 'credentials that expire', () => warnOfCredentials(ports, now));
  await orLog(ports, 'waivers that expire', () => warnOfWaivers(ports, now));
};
