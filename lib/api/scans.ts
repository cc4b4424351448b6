import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/scans.ts'));
const clusterPath = '/v1/projects/{projectId}/clusters/{clusterId}';
const scanPath = `${clusterPath}/scans/{scanId}`;

/** Scans with findings and files, and comparisons. */
export const scansRoutes = {
  'scans.list': route({
    method: 'GET',
    path: `${clusterPath}/scans`,
    summary: 'Scans of a cluster, newest first.',
    access: may('scan.get'),
    params: 'OfCluster',
    query: 'HistoryQuery',
    answer: 'ScanPage',
  }),
  'scans.run': route({
    method: 'POST',
    path: `${clusterPath}/scans`,
    summary: 'Runs one or several kinds now.',
    access: may('scan.run'),
    params: 'OfCluster',
    body: 'RunRequest',
    answer: 'StartedScans',
    status: 202,
  }),
  'scans.get': route({
    method: 'GET',
    path: scanPath,
    summary: 'One scan with its progress.',
    access: may('scan.get'),
    params: 'OfScan',
    answer: 'ScanRecord',
  }),
  'scans.cancel': route({
    method: 'POST',
    path: `${scanPath}/cancellation`,
    summary: 'Ends a scan that has not ended; what it started in the cluster is removed.',
    access: may('scan.cancel'),
    params: 'OfScan',
    answer: 'ScanRecord',
    status: 202,
  }),
  'scans.delete': route({
    method: 'DELETE',
    path: scanPath,
    summary: 'Removes an ended scan from the history; its evidence follows the retention of the project.',
    access: may('scan.delete'),
    params: 'OfScan',
    status: 204,
  }),
  'scans.findings': route({
    method: 'GET',
    path: `${scanPath}/findings`,
    summary: 'Findings of a completed scan.',
    access: may('report.get'),
    params: 'OfScan',
    query: 'FindingQuery',
    answer: 'FindingPage',
  }),
  'scans.download': route({
    method: 'GET',
    path: `${scanPath}/files/{file}`,
    summary: 'A link to one stored file: `report.pdf`, `report.csv`, `report.json`, `manifest.json`, …',
    access: may('report.get'),
    params: 'OfFile',
    answer: 'DownloadLink',
  }),
  'scans.compare': route({
    method: 'GET',
    path: `${clusterPath}/comparison`,
    summary: 'Compares two completed scans of one kind.',
    access: may('report.get'),
    params: 'OfCluster',
    query: 'ComparedScans',
    answer: 'Comparison',
  }),
};
