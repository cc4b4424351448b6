import type { Flaw } from './flaw.ts';

/** Flaws of CSI drivers. None is known of the vSphere CSI driver and of the vSphere cloud provider. */
export const csiFlaws: readonly Flaw[] = [
  {
    cve: 'CVE-2023-2878',
    component: 'secrets-store-csi',
    severity: 'medium',
    title: 'Tokens of ServiceAccounts are logged where the driver asks for them',
    affected: [['0', '1.3.3']],
    source: 'https://pkg.go.dev/vuln/GO-2023-1793',
  },
  {
    cve: 'CVE-2024-3744',
    component: 'azurefile-csi',
    severity: 'medium',
    title: 'Tokens of ServiceAccounts are logged where the driver asks for them',
    affected: [
      ['0', '1.29.4'],
      ['1.30.0', '1.30.1'],
    ],
    source: 'https://pkg.go.dev/vuln/GO-2024-2861',
  },
  {
    cve: 'CVE-2026-3864',
    component: 'nfs-csi',
    severity: 'medium',
    title: 'A volume that names a folder outside of its own has it deleted on the NFS server',
    affected: [['0', '4.13.1']],
    source: 'https://github.com/kubernetes/kubernetes/issues/137797',
  },
  {
    cve: 'CVE-2026-3865',
    component: 'smb-csi',
    severity: 'medium',
    title: 'A volume that names a folder outside of its own has it deleted on the SMB server',
    affected: [['0', '1.20.1']],
    source: 'https://github.com/kubernetes/kubernetes/issues/138319',
  },
];
