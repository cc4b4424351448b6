import type { Cluster } from '../../lib/fleet/cluster.ts';
import { defaultRetention, type Project } from '../../lib/fleet/project.ts';
import type { ScanRecord } from '../../lib/fleet/scan.ts';
import { scanIdOf } from '../../lib/fleet/scan-id.ts';
import type { WaiverRecord } from '../../lib/fleet/waiver.ts';
import type { Records } from '../../lib/records/index.ts';
import { must } from './answers.ts';

const person = { type: 'person' as const, id: 'usr-00000000000a', name: 'Person a' };

export const aProject = (change: Partial<Project> = {}): Project => ({
  id: 'prj-000000000001',
  name: 'Shop',
  description: '',
  tags: [],
  retention: defaultRetention,
  concurrentScans: 10,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...change,
});

export const aCluster = (change: Partial<Cluster> = {}): Cluster => ({
  id: 'cls-000000000001',
  projectId: 'prj-000000000001',
  name: 'shop-prod',
  description: '',
  tags: [],
  timeZone: 'UTC',
  state: 'active',
  registeredAt: '2026-01-01T00:00:00.000Z',
  server: 'https://10.0.0.1:6443',
  credential: { kind: 'token', updatedAt: '2026-01-01T00:00:00.000Z' },
  health: { state: 'unknown' },
  ...change,
});

/** A scan of `aCluster` that a person asked for. */
export const scanAt = (queuedAt: string, change: Partial<ScanRecord> = {}): ScanRecord => {
  const { clusterId = 'cls-000000000001', kind = 'configuration' } = change;
  return {
    id: scanIdOf({ kind, clusterId, at: queuedAt, nonce: queuedAt }),
    projectId: 'prj-000000000001',
    clusterId,
    kind,
    state: 'queued',
    trigger: { type: 'person', actor: person },
    options: { nodeFacts: false },
    queuedAt,
    artefacts: [],
    ...change,
  };
};

export const aWaiverRecord = (change: Partial<WaiverRecord> = {}): WaiverRecord => ({
  id: 'wvr-000000000001',
  projectId: 'prj-000000000001',
  match: { check: 'pods/privileged' },
  reason: 'Legacy.',
  owner: 'Team Shop',
  expires: '2026-12-31',
  untilFixable: false,
  state: 'approved',
  requestedBy: person,
  requestedAt: '2026-01-01T00:00:00.000Z',
  decidedBy: { ...person, id: 'usr-00000000000b' },
  decidedAt: '2026-01-02T00:00:00.000Z',
  ...change,
});

/** Stores them all. */
export const storeFleet = async (
  records: Records,
  fleet: {
    readonly projects?: readonly Project[];
    readonly clusters?: readonly Cluster[];
    readonly scans?: readonly ScanRecord[];
    readonly waivers?: readonly WaiverRecord[];
  },
): Promise<void> => {
  for (const one of fleet.projects ?? []) must(await records.projects.create(one));
  for (const one of fleet.clusters ?? []) must(await records.clusters.create(one));
  for (const one of fleet.scans ?? []) must(await records.scans.create(one));
  for (const one of fleet.waivers ?? []) must(await records.waivers.create(one));
};
