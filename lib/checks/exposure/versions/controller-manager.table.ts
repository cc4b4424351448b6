import type { Flaw } from './flaw.ts';

/** Flaws of the controller manager, with the volume and cloud code that was in it. */
export const controllerManagerFlaws: readonly Flaw[] = [
  {
    cve: 'CVE-2020-8555',
    component: 'kube-controller-manager',
    severity: 'medium',
    title: 'Volumes of certain kinds make the controller manager send requests into the network of the control plane',
    affected: [
      ['0', '1.15.12'],
      ['1.16.0', '1.16.9'],
      ['1.17.0', '1.17.5'],
      ['1.18.0', '1.18.1'],
    ],
    source: 'https://pkg.go.dev/vuln/GO-2022-0890',
  },
  {
    cve: 'CVE-2020-8563',
    component: 'kube-controller-manager',
    severity: 'medium',
    title: 'Credentials of vSphere are logged when the log is verbose',
    affected: [['1.19.0', '1.19.3']],
    source: 'https://github.com/kubernetes/kubernetes/issues/95621',
  },
  {
    cve: 'CVE-2020-8566',
    component: 'kube-controller-manager',
    severity: 'medium',
    title: 'Secrets of Ceph RBD are logged when the log is verbose',
    affected: [
      ['0', '1.17.13'],
      ['1.18.0', '1.18.10'],
      ['1.19.0', '1.19.3'],
    ],
    source: 'https://pkg.go.dev/vuln/GO-2024-2754',
  },
  {
    cve: 'CVE-2024-0793',
    component: 'kube-controller-manager',
    severity: 'high',
    title: 'A HorizontalPodAutoscaler of a certain form makes the controller manager crash again and again',
    affected: [['0', '1.27.0-alpha.1']],
    source: 'https://pkg.go.dev/vuln/GO-2024-3277',
    dos: true,
  },
  {
    cve: 'CVE-2025-13281',
    component: 'kube-controller-manager',
    severity: 'medium',
    title: 'Volumes of Portworx make the controller manager send requests into the network of the control plane',
    affected: [
      ['0', '1.32.10'],
      ['1.33.0-alpha.0', '1.33.6'],
      ['1.34.0-alpha.0', '1.34.2'],
    ],
    source: 'https://pkg.go.dev/vuln/GO-2025-4240',
  },
];
