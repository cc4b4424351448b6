import type { Flaw } from './flaw.ts';

/** Flaws of etcd's server. All known ones since 3.4 concern its own users and roles, which Kubernetes does not use: they matter where others share that etcd. */
export const etcdFlaws: readonly Flaw[] = [
  {
    cve: 'CVE-2026-33343',
    component: 'etcd',
    severity: 'low',
    title: 'Nested transactions get around the roles of etcd, which the API server does not use',
    affected: [
      ['0', '3.4.42'],
      ['3.5.0-alpha.0', '3.5.28'],
      ['3.6.0-alpha.0', '3.6.9'],
    ],
    source: 'https://pkg.go.dev/vuln/GO-2026-4808',
  },
  {
    cve: 'CVE-2026-33413',
    component: 'etcd',
    severity: 'low',
    title: 'Some calls get around the logins of etcd, which the API server does not use',
    affected: [
      ['0', '3.4.42'],
      ['3.5.0-alpha.0', '3.5.28'],
      ['3.6.0-alpha.0', '3.6.9'],
    ],
    source: 'https://pkg.go.dev/vuln/GO-2026-4806',
  },
  {
    cve: 'CVE-2026-44283',
    component: 'etcd',
    severity: 'low',
    title: 'Transactions read and lease keys past the roles of etcd, which the API server does not use',
    affected: [
      ['3.5.0', '3.5.30'],
      ['3.6.0', '3.6.11'],
    ],
    source: 'https://pkg.go.dev/vuln/GO-2026-5736',
  },
  {
    cve: 'CVE-2026-73499',
    component: 'etcd',
    severity: 'low',
    title: 'A watch reads keys past the roles of etcd, which the API server does not use',
    affected: [
      ['0', '3.5.33'],
      ['3.6.0', '3.6.14'],
      ['3.7.0-alpha.0', '3.7.1'],
    ],
    source: 'https://pkg.go.dev/vuln/GO-2026-6114',
  },
];
