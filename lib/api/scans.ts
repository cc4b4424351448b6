import { z } from 'zod';
import { outcomes, Severity } from '../core/outcome.ts';
import { ScanOptions } from '../fleet/cluster.ts';
import { ProjectId, ScanId } from '../fleet/common.ts';
import { ScanRecord, scanStates } from '../fleet/scan.ts';
import { WaiverId, WaiverRecord, WaiverRequest, waiverStates } from '../fleet/waiver.ts';
import { Comparison } from '../reports/comparison.ts';
import { Finding, ScanKind } from '../reports/report.ts';
import { ofCluster } from './clusters.ts';
import { flag, listOf, PageQuery, pageOf } from './paging.ts';
import { route } from './route.ts';

const may = (permission: string) => ({ permission });
const clusterPath = '/v1/projects/{projectId}/clusters/{clusterId}';
const scanPath = `${clusterPath}/scans/{scanId}`;
const ofScan = ofCluster.extend({ scanId: ScanId });
const inProject = z.object({ projectId: ProjectId });
const ofWaiver = inProject.extend({ waiverId: WaiverId });

const RunRequest = z.strictObject({
  kinds: z.array(ScanKind).min(1).max(4).describe('Which kinds to run now.'),
  options: ScanOptions.prefault({}),
});
const HistoryQuery = PageQuery.extend({
  kind: listOf(ScanKind).describe('Only these kinds.'),
  state: listOf(z.enum(scanStates)).describe('Only these states.'),
  from: z.iso.datetime().optional().describe('Asked for not before this time.'),
  to: z.iso.datetime().optional().describe('Asked for not after this time.'),
});
const FindingQuery = PageQuery.extend({
  outcome: listOf(z.enum(outcomes)).describe('Only these outcomes.'),
  severity: listOf(Severity).describe('Only these severities.'),
  check: z.string().max(200).optional().describe('Id of a check, or a pattern with `*`.'),
  subject: z.string().max(300).optional().describe('Pattern over the subject as reports write it, e.g. `Deployment shop/*`.'),
  control: z.string().max(20).optional().describe('Control number of the benchmark, e.g. `1.2.15`.'),
  role: z.enum(['control-plane', 'worker']).optional().describe('Only findings about nodes of this role.'),
  waived: flag.describe('Only waived ones, or only those that are not.'),
  changed: z
    .enum(['new', 'persisting'])
    .optional()
    .describe('Only failures that are new since the scan before, or that were there already.'),
  text: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Text that title, message, subject or evidence must hold; case does not matter.'),
  sort: z.enum(['importance', 'severity', 'check', 'subject']).default('importance').describe('Order of the findings.'),
});

export const DownloadLink = z
  .object({
    url: z.string().describe('Where the file can be read without a credential, for a short time.'),
    expiresAt: z.iso.datetime().describe('When the link stops working.'),
    fileName: z.string().describe('Name to save it under.'),
    contentType: z.string(),
    size: z.int().describe('Bytes.'),
    sha256: z.string().describe('SHA-256 of the bytes, hex: compare it after the download.'),
  })
  .meta({ id: 'DownloadLink', description: 'A short-lived link to a stored file.' });

/** Scans with findings and files, comparisons, waivers. */
export const scanRoutes = {
  'scans.list': route({
    method: 'GET',
    path: `${clusterPath}/scans`,
    summary: 'Scans of a cluster, newest first.',
    access: may('scan.get'),
    params: ofCluster,
    query: HistoryQuery,
    answer: pageOf(ScanRecord, 'scans'),
  }),
  'scans.run': route({
    method: 'POST',
    path: `${clusterPath}/scans`,
    summary: 'Runs one or several kinds now.',
    access: may('scan.run'),
    params: ofCluster,
    body: RunRequest,
    answer: z.object({ items: z.array(ScanRecord) }),
    status: 202,
  }),
  'scans.get': route({
    method: 'GET',
    path: scanPath,
    summary: 'One scan with its progress.',
    access: may('scan.get'),
    params: ofScan,
    answer: ScanRecord,
  }),
  'scans.cancel': route({
    method: 'POST',
    path: `${scanPath}/cancellation`,
    summary: 'Ends a scan that has not ended; what it started in the cluster is removed.',
    access: may('scan.cancel'),
    params: ofScan,
    answer: ScanRecord,
    status: 202,
  }),
  'scans.delete': route({
    method: 'DELETE',
    path: scanPath,
    summary: 'Removes an ended scan from the history; its evidence follows the retention of the project.',
    access: may('scan.delete'),
    params: ofScan,
    status: 204,
  }),
  'scans.findings': route({
    method: 'GET',
    path: `${scanPath}/findings`,
    summary: 'Findings of a completed scan.',
    access: may('report.get'),
    params: ofScan,
    query: FindingQuery,
    answer: pageOf(Finding, 'findings').extend({ total: z.int().describe('Findings that fit, on all pages.') }),
  }),
  'scans.download': route({
    method: 'GET',
    path: `${scanPath}/files/{file}`,
    summary: 'A link to one stored file: `report.pdf`, `report.csv`, `report.json`, `manifest.json`, …',
    access: may('report.get'),
    params: ofScan.extend({
      file: z
        .string()
        .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/)
        .max(60)
        .describe('Name of the file.'),
    }),
    answer: DownloadLink,
  }),
  'scans.compare': route({
    method: 'GET',
    path: `${clusterPath}/comparison`,
    summary: 'Compares two completed scans of one kind.',
    access: may('report.get'),
    params: ofCluster,
    query: z.strictObject({ base: ScanId.describe('The earlier scan.'), head: ScanId.describe('The later scan.') }),
    answer: Comparison,
  }),

  'waivers.list': route({
    method: 'GET',
    path: '/v1/projects/{projectId}/waivers',
    summary: 'Waivers of a project.',
    access: may('waiver.get'),
    params: inProject,
    query: PageQuery.extend({ state: listOf(z.enum(waiverStates)).describe('Only these states.') }),
    answer: pageOf(WaiverRecord, 'waivers'),
  }),
  'waivers.request': route({
    method: 'POST',
    path: '/v1/projects/{projectId}/waivers',
    summary: 'Asks that a risk be accepted.',
    access: may('waiver.request'),
    params: inProject,
    body: WaiverRequest,
    answer: WaiverRecord,
    status: 201,
    versioned: true,
  }),
  'waivers.get': route({
    method: 'GET',
    path: '/v1/projects/{projectId}/waivers/{waiverId}',
    summary: 'One waiver.',
    access: may('waiver.get'),
    params: ofWaiver,
    answer: WaiverRecord,
    versioned: true,
  }),
  'waivers.decide': route({
    method: 'POST',
    path: '/v1/projects/{projectId}/waivers/{waiverId}/decision',
    summary: 'Approves or rejects a waiver that somebody else asked for.',
    access: may('waiver.approve'),
    params: ofWaiver,
    body: z.strictObject({ decision: z.enum(['approve', 'reject']), reason: z.string().trim().min(1).max(1000).describe('Why.') }),
    answer: WaiverRecord,
    versioned: true,
  }),
  'waivers.withdraw': route({
    method: 'POST',
    path: '/v1/projects/{projectId}/waivers/{waiverId}/withdrawal',
    summary: 'Ends a waiver, or takes the request back.',
    access: may('waiver.request'),
    params: ofWaiver,
    answer: WaiverRecord,
    versioned: true,
  }),
};
