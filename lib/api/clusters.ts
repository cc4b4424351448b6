import { z } from 'zod';
import { Cluster } from '../fleet/cluster.ts';
import { ClusterId, Description, isoTime, Name, ProjectId, Tags, TimeZone } from '../fleet/common.ts';
import { ScanRecord } from '../fleet/scan.ts';
import { Schedule, ScheduleRequest } from '../fleet/schedule.ts';
import { ScanKind } from '../reports/report.ts';
import { flag, PageQuery, pageOf } from './paging.ts';
import { route } from './route.ts';

const inProject = z.object({ projectId: ProjectId });
export const ofCluster = inProject.extend({ clusterId: ClusterId });
const ofKind = ofCluster.extend({ kind: ScanKind });
const may = (permission: string) => ({ permission });
const clusterPath = '/v1/projects/{projectId}/clusters/{clusterId}';

const Kubeconfig = z
  .string()
  .min(1)
  .max(65_536)
  .describe('A kubeconfig with inline CA and inline token or client certificate. Stored as a secret and never returned.');
const NewCluster = z.strictObject({
  name: Name,
  description: Description.default(''),
  tags: Tags.default([]),
  timeZone: TimeZone.default('UTC'),
  kubeconfig: Kubeconfig,
});
const ClusterChange = z.strictObject({ name: Name, description: Description, tags: Tags, timeZone: TimeZone }).partial();

export const KindOverview = z
  .object({
    kind: ScanKind,
    available: z.boolean().describe('Whether this version of Gatehouse can run it.'),
    last: ScanRecord.nullable().describe('The newest scan of this kind; null when it was never scanned.'),
    lastCompleted: ScanRecord.nullable().describe('The newest completed one.'),
    schedule: Schedule.nullable().describe('Its schedule, if it has one.'),
  })
  .meta({ id: 'KindOverview', description: 'One kind of scan on one cluster, at a glance.' });

export const Preview = z.object({
  slots: z
    .array(
      z.object({
        slot: isoTime('The slot'),
        runAt: isoTime('The slot with its jitter'),
        local: z.string().describe('The slot as the clock on the wall shows it, with its offset.'),
      }),
    )
    .describe('The next slots, at most five.'),
});

/** Clusters, what their kinds of scans look like, and their schedules. */
export const clusterRoutes = {
  'clusters.list': route({
    method: 'GET',
    path: '/v1/projects/{projectId}/clusters',
    summary: 'Clusters of a project.',
    access: may('cluster.list'),
    params: inProject,
    query: PageQuery.extend({ removed: flag.describe('Also removed ones, whose evidence stays.') }),
    answer: pageOf(Cluster, 'clusters'),
  }),
  'clusters.create': route({
    method: 'POST',
    path: '/v1/projects/{projectId}/clusters',
    summary: 'Registers a cluster by a kubeconfig, which is validated first.',
    access: may('cluster.create'),
    params: inProject,
    body: NewCluster,
    answer: Cluster,
    status: 201,
    versioned: true,
  }),
  'clusters.get': route({
    method: 'GET',
    path: clusterPath,
    summary: 'One cluster with its health as last seen.',
    access: may('cluster.get'),
    params: ofCluster,
    answer: Cluster,
    versioned: true,
  }),
  'clusters.update': route({
    method: 'PATCH',
    path: clusterPath,
    summary: 'Changes name, description, tags or time zone.',
    access: may('cluster.update'),
    params: ofCluster,
    body: ClusterChange,
    answer: Cluster,
    versioned: true,
  }),
  'clusters.delete': route({
    method: 'DELETE',
    path: clusterPath,
    summary: 'Removes a cluster: schedules and running scans end at once, evidence stays.',
    access: may('cluster.delete'),
    params: ofCluster,
    query: z.strictObject({ name: z.string().max(64).describe('The name of the cluster, typed again.') }),
    status: 204,
    versioned: true,
  }),
  'clusters.setCredentials': route({
    method: 'PUT',
    path: `${clusterPath}/credentials`,
    summary: 'Replaces the stored kubeconfig; it must lead to the same cluster.',
    access: may('cluster.update'),
    params: ofCluster,
    body: z.strictObject({ kubeconfig: Kubeconfig }),
    answer: Cluster,
  }),
  'clusters.test': route({
    method: 'POST',
    path: `${clusterPath}/connection-tests`,
    summary: 'Looks at the cluster now and answers its health.',
    access: may('cluster.get'),
    params: ofCluster,
    answer: Cluster,
  }),
  'clusters.kinds': route({
    method: 'GET',
    path: `${clusterPath}/kinds`,
    summary: 'All four kinds of scans with their newest runs and schedules.',
    access: may('scan.get'),
    params: ofCluster,
    answer: z.object({ items: z.array(KindOverview) }),
  }),

  'schedules.list': route({
    method: 'GET',
    path: `${clusterPath}/schedules`,
    summary: 'Schedules of a cluster.',
    access: may('scan.get'),
    params: ofCluster,
    answer: z.object({ items: z.array(Schedule) }),
  }),
  'schedules.get': route({
    method: 'GET',
    path: `${clusterPath}/schedules/{kind}`,
    summary: 'The schedule of one kind.',
    access: may('scan.get'),
    params: ofKind,
    answer: Schedule,
    versioned: true,
  }),
  'schedules.set': route({
    method: 'PUT',
    path: `${clusterPath}/schedules/{kind}`,
    summary: 'Makes or replaces the schedule of one kind.',
    access: may('scan.schedule'),
    params: ofKind,
    body: ScheduleRequest,
    answer: Schedule,
  }),
  'schedules.delete': route({
    method: 'DELETE',
    path: `${clusterPath}/schedules/{kind}`,
    summary: 'Ends the schedule of one kind.',
    access: may('scan.schedule'),
    params: ofKind,
    status: 204,
  }),
  'schedules.preview': route({
    method: 'POST',
    path: `${clusterPath}/schedules/{kind}/preview`,
    summary: 'The next five runs of a schedule, without storing it.',
    access: may('scan.get'),
    params: ofKind,
    body: ScheduleRequest,
    answer: Preview,
  }),
};
