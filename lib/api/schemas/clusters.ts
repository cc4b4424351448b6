import { z } from 'zod';
import { Cluster } from '../../fleet/cluster.ts';
import { Description, Name, Tags, TimeZone } from '../../fleet/common.ts';
import { PolicyName } from '../../fleet/gate-policy.ts';
import { ScanRecord } from '../../fleet/scan.ts';
import { Schedule } from '../../fleet/schedule.ts';
import { ScanKind } from '../../reports/report.ts';
import { flag, PageQuery, pageOf } from './shared.ts';

export { Cluster } from '../../fleet/cluster.ts';
export { InProject, OfCluster } from './shared.ts';

export const ClustersQuery = PageQuery.extend({ removed: flag.describe('Also removed ones, whose evidence stays.') });
export const ClusterPage = pageOf(Cluster, 'clusters');

const kubeconfig = z
  .string()
  .min(1)
  .max(65_536)
  .describe('A kubeconfig with inline CA and inline token or client certificate. Stored as a secret and never returned.');
export const NewCluster = z.strictObject({
  name: Name,
  description: Description.default(''),
  tags: Tags.default([]),
  timeZone: TimeZone.default('UTC'),
  kubeconfig,
});
export const ClusterChange = z
  .strictObject({
    name: Name,
    description: Description,
    tags: Tags,
    timeZone: TimeZone,
    gatePolicy: PolicyName.nullable().describe('Policy that decides about its upgrades; null: that of the project. Takes `policy.update`.'),
  })
  .partial();
export const ClusterNamed = z.strictObject({ name: z.string().max(64).describe('The name of the cluster, typed again.') });
export const NewCredentials = z.strictObject({ kubeconfig });

const kindOverview = z
  .object({
    kind: ScanKind,
    available: z.boolean().describe('Whether this version of Gatehouse can run it.'),
    last: ScanRecord.nullable().describe('The newest scan of this kind; null when it was never scanned.'),
    lastCompleted: ScanRecord.nullable().describe('The newest completed one.'),
    schedule: Schedule.nullable().describe('Its schedule, if it has one.'),
  })
  .meta({ id: 'KindOverview', description: 'One kind of scan on one cluster, at a glance.' });
export const KindOverviews = z.object({ items: z.array(kindOverview) });
