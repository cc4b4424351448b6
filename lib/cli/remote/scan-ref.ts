import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ScanRecord } from '../../fleet/scan.ts';
import type { Client } from './client.ts';
import { type ClusterFlags, clusterOf } from './names.ts';

export interface ScanFlags extends ClusterFlags {
  /** Id of a scan, or `latest`. */
  readonly scan?: string;
}
export interface ScanParams {
  readonly projectId: string;
  readonly clusterId: string;
  readonly scanId: string;
}

/** What `latest` means: the newest completed scan has findings and files, the newest that has not ended can be cancelled. */
const wanted = {
  completed: { states: ['completed'], none: 'no completed scan' },
  open: { states: ['queued', 'running'], none: 'no scan that has not ended' },
  any: { states: undefined, none: 'no scan' },
} as const;

/** The newest scan of a cluster in one of some states. */
const newest = async (
  client: Client,
  params: Omit<ScanParams, 'scanId'>,
  which: keyof typeof wanted,
  cluster: string,
): Promise<Result<ScanRecord>> => {
  const { states, none } = wanted[which];
  let cursor: string | undefined;
  do {
    const page = await client.call('scans.list', { params, query: { limit: 1, state: states?.join(','), cursor } });
    if (!page.ok) return page;
    const [scan] = page.value.body.items;
    if (scan) return succeed(scan);
    cursor = page.value.body.next;
  } while (cursor !== undefined);
  return failed('not-found', `The cluster ${cluster} has ${none}; run one with gatehouse scans run ${cluster}.`);
};

/** The scan that is meant; left out, it is the newest that fits. */
export const scanOf = async (client: Client, flags: ScanFlags, which: keyof typeof wanted): Promise<Result<ScanParams>> => {
  const cluster = await clusterOf(client, flags);
  if (!cluster.ok) return cluster;
  if (flags.scan !== undefined && flags.scan !== 'latest') return succeed({ ...cluster.value, scanId: flags.scan });
  const scan = await newest(client, cluster.value, which, flags.cluster);
  return scan.ok ? succeed({ ...cluster.value, scanId: scan.value.id }) : scan;
};
