import type { DataTable, Sourced } from './table.ts';

// CoreDNS as kubeadm deploys it, and the releases between which its Corefile can be migrated.

/** What kubeadm of one minor deploys; read from the newest patch that was looked at. */
export interface CoreDnsRow extends Sourced {
  readonly kubernetes: string;
  readonly coredns: string;
}

const row = (kubernetes: string, patch: string, coredns: string): CoreDnsRow => ({
  kubernetes,
  coredns,
  source: `https://github.com/kubernetes/kubernetes/blob/v${patch}/cmd/kubeadm/app/constants/constants.go`,
  verified: '2026-11-28',
});

export const coreDns: DataTable<CoreDnsRow> = {
  dataAsOf: '2026-11-28',
  newestMinor: '1.37',
  source: 'https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/constants/constants.go',
  rows: [
    row('1.24', '1.24.17', '1.8.6'),
    row('1.25', '1.25.16', '1.9.3'),
    row('1.26', '1.26.15', '1.9.3'),
    row('1.27', '1.27.16', '1.10.1'),
    row('1.28', '1.28.15', '1.10.1'),
    row('1.29', '1.29.15', '1.11.1'),
    row('1.30', '1.30.14', '1.11.3'),
    row('1.31', '1.31.14', '1.11.3'),
    row('1.32', '1.32.11', '1.11.3'),
    row('1.33', '1.33.7', '1.12.0'),
    row('1.34', '1.34.3', '1.12.1'),
    row('1.35', '1.35.4', '1.13.1'),
    row('1.36', '1.36.3', '1.14.2'),
    row('1.37', '1.37.2', '1.14.6'),
  ],
};

/**
 * Releases that the migration of Corefiles knows, oldest first: kubeadm and Cluster API go from one to a later one, and refuse all else. From
 * https://github.com/coredns/corefile-migration/blob/v1.0.34/migration/versions.go, which kubeadm 1.37 uses.
 */
export const migratableCoreDns: readonly string[] = [
  '1.1.3',
  '1.1.4',
  '1.2.0',
  '1.2.1',
  '1.2.2',
  '1.2.3',
  '1.2.4',
  '1.2.5',
  '1.2.6',
  '1.3.0',
  '1.3.1',
  '1.4.0',
  '1.5.0',
  '1.5.1',
  '1.5.2',
  '1.6.0',
  '1.6.1',
  '1.6.2',
  '1.6.3',
  '1.6.4',
  '1.6.5',
  '1.6.6',
  '1.6.7',
  '1.6.9',
  '1.7.0',
  '1.7.1',
  '1.8.0',
  '1.8.3',
  '1.8.4',
  '1.8.5',
  '1.8.6',
  '1.8.7',
  '1.9.0',
  '1.9.1',
  '1.9.2',
  '1.9.3',
  '1.9.4',
  '1.10.0',
  '1.10.1',
  '1.11.0',
  '1.11.1',
  '1.11.3',
  '1.11.4',
  '1.12.0',
  '1.12.1',
  '1.12.2',
  '1.12.3',
  '1.12.4',
  '1.13.0',
  '1.13.1',
  '1.13.2',
  '1.14.0',
  '1.14.1',
  '1.14.2',
  '1.14.3',
  '1.14.4',
  '1.14.6',
];
