import type { DataTable, Sourced } from './table.ts';

// Which releases of add-ons are made for, or tested with, which Kubernetes. What has no row is not known: never a pass.

export const matrixAddons = ['vsphere-csi', 'calico', 'cilium', 'antrea'] as const;
export type MatrixAddon = (typeof matrixAddons)[number];

export interface CompatibilityRow extends Sourced {
  readonly addon: MatrixAddon;
  /** Minor of the add-on: `3.8` stands for every patch of it. */
  readonly release: string;
  /** Lowest Kubernetes minor that its makers name. */
  readonly from: string;
  /** Highest one. */
  readonly to: string;
  /** Its makers name only these minors and leave older ones open: below `from` is then not known. */
  readonly lowerOpen?: true;
  /** They name no highest one, or say that newer ones mostly work: above `to` is then not known. */
  readonly upperOpen?: true;
}

const verified = '2026-11-28';
const csi = (release: string, from: string, to: string, source: string, open: { readonly lowerOpen?: true } = {}): CompatibilityRow => ({
  addon: 'vsphere-csi',
  release,
  from,
  to,
  source,
  verified,
  ...open,
});
const calico = (
  release: string,
  from: string,
  to: string,
  source = `https://docs.tigera.io/calico/${release}/getting-started/kubernetes/requirements`,
): CompatibilityRow => ({
  addon: 'calico',
  release,
  from,
  to,
  source,
  verified,
});
const cilium = (release: string, from: string, to: string, tag: string): CompatibilityRow => ({
  addon: 'cilium',
  release,
  from,
  to,
  source: `https://github.com/cilium/cilium/blob/${tag}/Documentation/network/kubernetes/compatibility.rst`,
  verified,
});
const csiRelease = (tag: string) => `https://github.com/kubernetes-sigs/vsphere-csi-driver/releases/tag/${tag}`;
const helmIssue = 'https://github.com/vsphere-tmm/helm-charts/issues/106';

export const compatibility: DataTable<CompatibilityRow> = {
  dataAsOf: verified,
  newestMinor: '1.37',
  source: 'https://kubernetes.io/docs/concepts/cluster-administration/addons/',
  rows: [
    // 2.0.0 names 1.16 to 1.18, 2.0.1 names 1.17 to 1.19: what both name
    csi('2.0', '1.17', '1.18', 'https://github.com/kubernetes-sigs/vsphere-csi-driver/blob/master/docs/book/compatiblity_matrix.md'),
    csi('2.1', '1.17', '1.19', 'https://github.com/kubernetes-sigs/vsphere-csi-driver/blob/master/docs/book/compatiblity_matrix.md'),
    csi('3.0', '1.26', '1.27', csiRelease('v3.0.0'), { lowerOpen: true }),
    // 3.1: no statement was found
    csi('3.2', '1.29', '1.29', csiRelease('v3.2.0'), { lowerOpen: true }),
    csi('3.3', '1.27', '1.30', csiRelease('v3.3.1')),
    csi('3.4', '1.32', '1.32', csiRelease('v3.4.0'), { lowerOpen: true }),
    csi('3.5', '1.31', '1.33', helmIssue),
    csi('3.6', '1.32', '1.34', helmIssue),
    csi('3.7', '1.33', '1.35', helmIssue),
    csi('3.8', '1.34', '1.36', csiRelease('v3.8.0')),
    calico('3.29', '1.29', '1.32', 'https://github.com/orgs/projectcalico/discussions/11717'),
    calico('3.30', '1.31', '1.33'),
    calico('3.31', '1.32', '1.35', 'https://github.com/orgs/projectcalico/discussions/11717'),
    calico('3.32', '1.34', '1.36'),
    calico('3.33', '1.35', '1.37'),
    cilium('1.18', '1.30', '1.33', 'v1.18.14'),
    cilium('1.19', '1.32', '1.35', 'v1.19.3'),
    {
      addon: 'antrea',
      release: '2.7',
      from: '1.23',
      // a release supports the minors that are maintained when it is made (docs/versioning.md); 2.7 is of 2026-08-15
      to: '1.36',
      upperOpen: true,
      source: 'https://pkg.go.dev/antrea.io/antrea/v2@v2.7.0',
      verified,
    },
  ],
};
