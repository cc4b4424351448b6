import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/schedules.ts'));
const clusterPath = '/v1/projects/{projectId}/clusters/{clusterId}';

/** Schedules of a cluster, one per kind of scan. */
export const schedulesRoutes = {
  'schedules.list': route({
    method: 'GET',
    path: `${clusterPath}/schedules`,
    summary: 'Schedules of a cluster.',
    access: may('scan.get'),
    params: 'OfCluster',
    answer: 'Schedules',
  }),
  'schedules.get': route({
    method: 'GET',
    path: `${clusterPath}/schedules/{kind}`,
    summary: 'The schedule of one kind.',
    access: may('scan.get'),
    params: 'OfKind',
    answer: 'Schedule',
    versioned: true,
  }),
  'schedules.set': route({
    method: 'PUT',
    path: `${clusterPath}/schedules/{kind}`,
    summary: 'Makes or replaces the schedule of one kind.',
    access: may('scan.schedule'),
    params: 'OfKind',
    body: 'ScheduleRequest',
    answer: 'Schedule',
  }),
  'schedules.delete': route({
    method: 'DELETE',
    path: `${clusterPath}/schedules/{kind}`,
    summary: 'Ends the schedule of one kind.',
    access: may('scan.schedule'),
    params: 'OfKind',
    status: 204,
  }),
  'schedules.preview': route({
    method: 'POST',
    path: `${clusterPath}/schedules/{kind}/preview`,
    summary: 'The next five runs of a schedule, without storing it.',
    access: may('scan.get'),
    params: 'OfKind',
    body: 'ScheduleRequest',
    answer: 'Preview',
  }),
};
