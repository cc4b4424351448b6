import type { DataTable, Sourced } from './table.ts';

// Cluster API and its vSphere provider.

/** What a release of Cluster API says of one Kubernetes minor. */
export interface ClusterApiRow extends Sourced {
  /** Minor of Cluster API. */
  readonly release: string;
  /** Kubernetes minors that its management cluster may run, with the first patch of the release that allows it where it is not the first of all. */
  readonly management: Readonly<Record<string, number>>;
  /** Minors that only workload clusters may run. */
  readonly workloadOnly: readonly string[];
}

const book = 'https://github.com/kubernetes-sigs/cluster-api/blob/main/docs/book/src/reference/versions.md';
// as the book stood on 2026-08-21
const verified = '2026-08-21';

export const clusterApi: DataTable<ClusterApiRow> = {
  dataAsOf: verified,
  newestMinor: '1.36',
  source: book,
  rows: [
    {
      release: '1.12',
      management: { '1.31': 0, '1.32': 0, '1.33': 0, '1.34': 0, '1.35': 1, '1.36': 8 },
      workloadOnly: ['1.29', '1.30'],
      source: book,
      verified,
    },
    {
      release: '1.13',
      management: { '1.32': 0, '1.33': 0, '1.34': 0, '1.35': 0, '1.36': 1 },
      workloadOnly: ['1.30', '1.31'],
      source: book,
      verified,
    },
    { release: '1.14', management: { '1.33': 0, '1.34': 0, '1.35': 0, '1.36': 0 }, workloadOnly: ['1.31', '1.32'], source: book, verified },
  ],
};

/** A minor of the vSphere provider with the minor of Cluster API it is tested with. */
export interface VsphereProviderRow extends Sourced {
  readonly release: string;
  readonly clusterApi: string;
  /** Version of Cluster API's types that it needs served. */
  readonly needs: 'v1beta1' | 'v1beta2';
}

const capv = 'https://github.com/kubernetes-sigs/cluster-api-provider-vsphere/blob/main/README.md';
const provider = (release: string, tested: string, needs: VsphereProviderRow['needs']): VsphereProviderRow => ({
  release,
  clusterApi: tested,
  needs,
  source: capv,
  verified,
});

export const vsphereProvider: DataTable<VsphereProviderRow> = {
  dataAsOf: verified,
  newestMinor: '1.36',
  source: capv,
  rows: [
    provider('1.12', '1.9', 'v1beta1'),
    provider('1.13', '1.10', 'v1beta1'),
    provider('1.14', '1.11', 'v1beta2'),
    provider('1.15', '1.12', 'v1beta2'),
    provider('1.16', '1.13', 'v1beta2'),
  ],
};
