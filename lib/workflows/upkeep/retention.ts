import { addDays, timeOf, writeTime } from '../../core/time.ts';
import type { Cluster } from '../../fleet/cluster.ts';
import type { Project, Retention } from '../../fleet/project.ts';
import { mayDropRecord } from '../../fleet/retention.ts';
import { partitions } from '../../records/index.ts';
import { forgetCredential } from '../scan-run/credential.ts';
import { dropOldFiles } from './old-files.ts';
import { eachOf, orLog, type UpkeepPorts } from './ports.ts';

/** An id begins with the time that was asked for, which is never later than the end: up to here they may be old enough. */
const lastOld = ({ runsDays }: Retention, now: string): string =>
  writeTime(timeOf(addDays(now, -runsDays)))
    .slice(0, 19)
    .replaceAll(/[-:]/g, '');

/** Takes evaluations off the list whose time there has passed; an open one never. */
const dropEvaluations = async ({ records }: UpkeepPorts, clusterId: string, retention: Retention, now: string): Promise<number> => {
  const { pk, prefix } = partitions.evaluations(clusterId);
  let dropped = 0;
  for await (const { value, revision } of records.evaluations.all({ pk, from: prefix, to: `${prefix}${lastOld(retention, now)}~` })) {
    if (value.state !== 'decided' || value.manifest === undefined) continue;
    const removed = await records.evaluations.remove({ clusterId, name: value.id }, revision);
    if (!removed.ok) continue;
    await records.evaluationRefs.remove(value.id);
    dropped += 1;
  }
  return dropped;
};

/** Takes scans off the list whose time there has passed; an open one never. Their places in the chain stay. */
const dropRecords = async ({ records }: UpkeepPorts, clusterId: string, retention: Retention, now: string): Promise<number> => {
  const last = lastOld(retention, now);
  const { pk, prefix } = partitions.scans(clusterId);
  let dropped = 0;
  for await (const { value, revision } of records.scans.all({ pk, from: prefix, to: `${prefix}${last}~` })) {
    if (value.unsealed || !mayDropRecord(value, retention, now)) continue;
    const removed = await records.scans.remove({ clusterId, name: value.id }, revision);
    if (removed.ok) dropped += 1;
  }
  return dropped;
};

/** A cluster that was removed lately may still have its credential: whoever removed it may have died before the secret was gone. */
const forgetsForDays = 30;
const isRemovedLately = ({ state, removedAt }: Cluster, now: string): boolean =>
  state === 'removed' && removedAt !== undefined && timeOf(now) < timeOf(addDays(removedAt, forgetsForDays));

const keepCluster = async (ports: UpkeepPorts, cluster: Cluster, retention: Retention, now: string): Promise<void> => {
  const name = { projectId: cluster.projectId, clusterId: cluster.id };
  const records = (await dropRecords(ports, cluster.id, retention, now)) + (await dropEvaluations(ports, cluster.id, retention, now));
  const files = ports.objects ? await dropOldFiles({ records: ports.records, objects: ports.objects }, name, retention, now) : 0;
  if (records + files > 0) ports.log('RETENTION_PASSED', { clusterId: cluster.id, records, files });
  if (isRemovedLately(cluster, now)) await forgetCredential(ports, name);
};

/** Clusters that are handled at once: a tick has less than a minute. */
const mostClusters = 1000;

/** Keeps a part of a project's clusters to its retention. Answers the id to go on after, if there are more. */
export const keepRetention = async (
  ports: UpkeepPorts,
  project: Pick<Project, 'id' | 'retention'>,
  after?: string,
  most = mostClusters,
): Promise<string | undefined> => {
  const now = ports.clock.now();
  const { pk, prefix } = partitions.clusters(project.id);
  const clusters: Cluster[] = [];
  const query = { pk, from: after === undefined ? prefix : `${prefix}${after}~`, to: `${prefix}~` };
  for await (const { value } of ports.records.clusters.all(query)) {
    clusters.push(value);
    if (clusters.length === most) break;
  }
  await eachOf(clusters, 8, (cluster) =>
    orLog(ports, `retention of ${cluster.id}`, () => keepCluster(ports, cluster, project.retention, now)),
  );
  return clusters.length === most ? clusters.at(-1)?.id : undefined;
};
