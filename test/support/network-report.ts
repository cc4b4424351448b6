import type { Judgement, Subject, Vantage } from '../../lib/core/finding.ts';
import type { Outcome } from '../../lib/core/outcome.ts';
import { finish } from '../../lib/reports/finish/index.ts';
import { reachStatement } from '../../lib/reports/renderers/reach.ts';
import type { Network, Report, Scan } from '../../lib/reports/report.ts';
import type { Waiver } from '../../lib/reports/waiver.ts';
import { aCheck, aControl, aFramework, aScan } from './report-builder.ts';

export const kubelet = (node: string, address: string, port = 10250): Subject => ({
  kind: 'Node',
  name: node,
  role: 'worker',
  node,
  port: `${port}/tcp`,
  endpoints: [`${address}:${port}`],
});
export const apiServer: Subject = { kind: 'APIServer', name: 'kube-apiserver', port: '6443/tcp', endpoints: ['10.0.0.1:6443'] };

/** What a probe says of one subject, seen the same from each vantage. */
export const probed = (
  subject: Subject,
  outcome: Outcome,
  vantages: readonly Vantage[] = ['external'],
  change: Partial<Judgement> = {},
): Judgement => ({
  subject,
  outcome,
  message: outcome === 'fail' ? 'It answers everybody.' : 'It turns strangers away.',
  vantages,
  certainty: 'confirmed',
  evidence: vantages.map((vantage) => ({
    source: `network, ${vantage}`,
    looked: 'GET /pods over TLS',
    found: outcome === 'fail' ? '200, a list of pods' : '401',
    endpoints: subject.endpoints ?? [],
  })),
  ...change,
});

export const aNetwork = (change: Partial<Network> = {}): Network => ({
  vantages: [
    { vantage: 'external', targets: 4, reached: 3, ports: 67, open: 5, closed: 60, filtered: 2, timedOut: 1, requests: 209 },
    { vantage: 'internal', targets: 6, reached: 5, ports: 71, open: 8, closed: 62, filtered: 1, timedOut: 2, requests: 234 },
  ],
  refused: [
    { what: 'LoadBalancer shop/front', address: '203.0.113.7', why: 'It is outside the networks of the cluster.' },
    { what: 'LoadBalancer shop/front', address: '203.0.113.8', why: 'It is outside the networks of the cluster.' },
  ],
  exchanges: [
    { probe: 'exposure/kubelet/pods', endpoint: '10.0.0.5:10250', sent: 'GET /pods over TLS', answered: '200', vantage: 'external' },
    { probe: 'knock', endpoint: '10.0.0.5:22', sent: 'TCP connect', answered: 'closed', vantage: 'external' },
    { probe: 'knock', endpoint: '10.0.0.6:22', sent: 'TCP connect', answered: 'closed', vantage: 'external' },
    { probe: 'knock', endpoint: '10.0.0.5:10250', sent: 'TCP connect', answered: 'open', vantage: 'external' },
    { probe: 'knock', endpoint: '10.0.0.5:10250', sent: 'TCP connect', answered: 'open', vantage: 'internal' },
    {
      probe: 'exposure/published/page',
      endpoint: '[fd00::7]:443',
      host: 'shop.example',
      sent: 'GET / over TLS',
      answered: '200',
      vantage: 'external',
    },
  ],
  ...change,
});

const published = (id: string, change: Parameters<typeof aCheck>[1] = {}) =>
  aCheck(id, { techniques: ['T1613'], references: [`https://example.test/${id.split('/').at(-1)}`], ...change });

export const flawMessage = 'CVE-2026-0001 concerns the version of etcd.';

/** A report of a penetration scan made the way real ones are: a failure seen from both vantages, a milder one, a potential flaw, a pass, something nobody could see. */
export const networkReport = ({
  network = aNetwork(),
  scan = {},
  judged,
  waivers = [],
}: {
  readonly network?: Network;
  readonly scan?: Partial<Scan>;
  readonly judged?: readonly Judgement[];
  readonly waivers?: readonly Waiver[];
} = {}): Report => {
  const pods = published('exposure/kubelet/pods', { severity: 'high' });
  const flaw = published('exposure/versions/cve-2026-0001', {
    severity: 'medium',
    title: 'CVE-2026-0001 does not concern etcd',
    techniques: ['T1190'],
  });
  const manual = published('exposure/cluster/tokens', { severity: 'low', lookAt: 'Ask who holds the tokens.' });
  const proxy = published('exposure/api-server/open-proxy', { title: 'No `kubectl proxy` is left open' });
  const framework = aFramework(
    [
      aControl('API-15', [flaw.id]),
      aControl('API-10', [proxy.id]),
      aControl('KHV036', [pods.id]),
      aControl('KUB-02', [pods.id]),
      aControl('ADD-01', [manual.id]),
      aControl('POD-02', ['exposure/pod/metadata']),
      aControl('KHV049', [proxy.id], { title: proxy.title }),
    ],
    { id: 'gatehouse-penetration', version: '1', minors: [0, 999] },
  );
  const report = finish({
    scan: aScan({
      kind: 'penetration',
      benchmark: { framework: 'gatehouse-penetration', version: '1', range: 'any version', inRange: true },
      ...scan,
    }),
    framework,
    judged: [
      {
        check: pods,
        judgements: judged ?? [
          probed(kubelet('w1', '10.0.0.5'), 'fail', ['external', 'internal']),
          probed(apiServer, 'fail', ['internal'], { severity: 'low' }),
        ],
      },
      {
        check: flaw,
        judgements: [
          {
            subject: { kind: 'Pod', namespace: 'kube-system', name: 'etcd' },
            outcome: 'manual',
            certainty: 'potential',
            message: flawMessage,
            evidence: [{ source: 'Pod kube-system/etcd', looked: 'image', found: 'etcd:3.6.8' }],
          },
        ],
      },
      {
        check: manual,
        judgements: [{ subject: { kind: 'Cluster', name: 'plain' }, outcome: 'manual', message: 'Tokens were listed.', evidence: [] }],
      },
      { check: proxy, judgements: [probed(kubelet('w1', '10.0.0.5', 8001), 'pass')] },
      {
        check: published('exposure/pod/metadata'),
        judgements: [
          { subject: { kind: 'Cluster', name: 'plain' }, outcome: 'unknown', message: 'Nobody could look: no pod.', evidence: [] },
        ],
      },
    ],
    waivers,
    statements: [...network.vantages.map(reachStatement), 'Nobody could look at Ingresses.'],
  });
  return { ...report, network };
};
