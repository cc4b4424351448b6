import type { Flaw } from './flaw.ts';

/** Flaws of kube-proxy. */
export const kubeProxyFlaws: readonly Flaw[] = [
  {
    cve: 'CVE-2020-8558',
    component: 'kube-proxy',
    severity: 'medium',
    title: 'Neighbours of a node reach services that listen on its loopback address only',
    affected: [
      ['0', '1.16.11'],
      ['1.17.0', '1.17.7'],
      ['1.18.0', '1.18.4'],
    ],
    source: 'https://pkg.go.dev/vuln/GO-2022-0885',
  },
  {
    cve: 'CVE-2021-25736',
    component: 'kube-proxy',
    severity: 'medium',
    title: 'On Windows nodes traffic of a load balancer can reach a process of the node that has the same port',
    affected: [['0', '1.21.0']],
    source: 'https://pkg.go.dev/vuln/GO-2023-2159',
    on: 'windows',
  },
];
