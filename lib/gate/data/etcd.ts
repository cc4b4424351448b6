import type { DataTable, Sourced } from './table.ts';

/** etcd as kubeadm of one minor runs it; read from the newest patch that was looked at. */
export interface EtcdRow extends Sourced {
  readonly kubernetes: string;
  /** Tag of the image. */
  readonly etcd: string;
  /** Whether kubeadm restarts an etcd that stays the same when the API server changes, so that it takes up renewed certificates: since 1.31. */
  readonly restartsWithServer: boolean;
}

const row = (kubernetes: string, patch: string, etcd: string, restartsWithServer = true): EtcdRow => ({
  kubernetes,
  etcd,
  restartsWithServer,
  source: `https://github.com/kubernetes/kubernetes/blob/v${patch}/cmd/kubeadm/app/constants/constants.go`,
  verified: '2026-11-28',
});

export const etcdVersions: DataTable<EtcdRow> = {
  dataAsOf: '2026-11-28',
  newestMinor: '1.37',
  source: 'https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/constants/constants.go',
  rows: [
    row('1.30', '1.30.14', '3.5.15-0', false),
    row('1.31', '1.31.14', '3.5.24-0'),
    row('1.32', '1.32.13', '3.5.24-0'),
    row('1.33', '1.33.13', '3.5.24-0'),
    row('1.34', '1.34.4', '3.6.5-0'),
    row('1.35', '1.35.4', '3.6.6-0'),
    row('1.36', '1.36.3', '3.6.8-0'),
    row('1.37', '1.37.2', '3.7.0-0'),
  ],
};
