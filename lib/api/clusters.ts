import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/clusters.ts'));
const clusterPath = '/v1/projects/{projectId}/clusters/{clusterId}';

/** Clusters, and what their kinds of scans look like. */
export const clustersRoutes = {
  'clusters.list': route({
    method: 'GET',
    path: '/v1/projects/{projectId}/clusters',
    summary: 'Clusters of a project.',
    access: may('cluster.list'),
    params: 'InProject',
    query: 'ClustersQuery',
    answer: 'ClusterPage',
  }),
  'clusters.create': route({
    method: 'POST',
    path: '/v1/projects/{projectId}/clusters',
    summary: 'Registers a cluster by a kubeconfig, which is validated first.',
    access: may('cluster.create'),
    params: 'InProject',
    body: 'NewCluster',
    answer: 'Cluster',
    status: 201,
    versioned: true,
  }),
  'clusters.get': route({
    method: 'GET',
    path: clusterPath,
    summary: 'One cluster with its health as last seen.',
    access: may('cluster.get'),
    params: 'OfCluster',
    answer: 'Cluster',
    versioned: true,
  }),
  'clusters.update': route({
    method: 'PATCH',
    path: clusterPath,
    summary: 'Changes name, description, tags or time zone.',
    access: may('cluster.update'),
    params: 'OfCluster',
    body: 'ClusterChange',
    answer: 'Cluster',
    versioned: true,
  }),
  'clusters.delete': route({
    method: 'DELETE',
    path: clusterPath,
    summary: 'Removes a cluster: schedules and running scans end at once, evidence stays.',
    access: may('cluster.delete'),
    params: 'OfCluster',
    query: 'ClusterNamed',
    status: 204,
    versioned: true,
  }),
  'clusters.setCredentials': route({
    method: 'PUT',
    path: `${clusterPath}/credentials`,
    summary: 'Replaces the stored kubeconfig; it must lead to the same cluster.',
    access: may('cluster.update'),
    params: 'OfCluster',
    body: 'NewCredentials',
    answer: 'Cluster',
  }),
  'clusters.test': route({
    method: 'POST',
    path: `${clusterPath}/connection-tests`,
    summary: 'Looks at the cluster now and answers its health.',
    access: may('cluster.get'),
    params: 'OfCluster',
    answer: 'Cluster',
  }),
  'clusters.kinds': route({
    method: 'GET',
    path: `${clusterPath}/kinds`,
    summary: 'All four kinds of scans with their newest runs and schedules.',
    access: may('scan.get'),
    params: 'OfCluster',
    answer: 'KindOverviews',
  }),
};
