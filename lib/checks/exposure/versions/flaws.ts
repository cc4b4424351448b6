import { apiServerFlaws } from './api-server.table.ts';
import { containerdFlaws } from './containerd.table.ts';
import { controllerManagerFlaws } from './controller-manager.table.ts';
import { coreDnsFlaws } from './core-dns.table.ts';
import { csiFlaws } from './csi.table.ts';
import { etcdFlaws } from './etcd.table.ts';
import type { Flaw } from './flaw.ts';
import { ingressNginxFlaws } from './ingress-nginx.table.ts';
import { kubeProxyFlaws } from './kube-proxy.table.ts';
import { kubeletFlaws } from './kubelet.table.ts';

/** Every flaw that a version decides. */
export const flaws: readonly Flaw[] = [
  ...apiServerFlaws,
  ...kubeletFlaws,
  ...kubeProxyFlaws,
  ...controllerManagerFlaws,
  ...containerdFlaws,
  ...etcdFlaws,
  ...coreDnsFlaws,
  ...ingressNginxFlaws,
  ...csiFlaws,
];

/** Flaws of the reference that no version in the cluster decides, each with the reason: a sentence. */
export const undecided: Readonly<Record<string, string>> = {
  'CVE-2018-1002100': 'It is in `kubectl cp`, which runs on the machine of a user.',
  'CVE-2019-1002101': 'It is in `kubectl cp`, which runs on the machine of a user.',
  'CVE-2019-11246': 'It is in `kubectl cp`, which runs on the machine of a user.',
  'CVE-2019-11251': 'It is in `kubectl cp`, which runs on the machine of a user.',
  'CVE-2021-25743': 'It is in the output of `kubectl`, which runs on the machine of a user.',
  'CVE-2019-11243': 'It is in a function of the Go client library; the cluster does not say which programs call it.',
  'CVE-2020-8554': 'No version mends it; it is judged by who may claim external addresses.',
  'CVE-2024-7598':
    'No version mends it: network policies may not hold yet while a namespace is being deleted; nothing in the API shows it.',
  'CVE-2025-1767': 'No version mends it; it needs gitRepo volumes, which what is kept of workloads does not name.',
  'CVE-2020-8562': 'Its record was withdrawn, and no version mends it.',
};
