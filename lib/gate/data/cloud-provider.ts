import type { DataTable, Sourced } from './table.ts';

/** A minor of the vSphere cloud provider (CPI), which has the number of the Kubernetes minor it is made for. */
export interface CloudProviderRow extends Sourced {
  readonly release: string;
}

const source = 'https://github.com/kubernetes/cloud-provider-vsphere/blob/v1.36.0/README.md';
const verified = '2026-11-28';

export const vsphereCloudProvider: DataTable<CloudProviderRow> = {
  dataAsOf: verified,
  newestMinor: '1.36',
  source,
  rows: ['1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'].map((release) => ({ release, source, verified })),
};

/** Cluster Autoscaler has the number of the minor it is made for since Kubernetes 1.12, and its makers test no other pair. */
export const autoscalerSource = 'https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/README.md';
