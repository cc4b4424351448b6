import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, says } from './signs.ts';

const nodes = '/apis/metrics.k8s.io/v1beta1/nodes';

export const metricsServer = defineProbe({
  id: 'exposure/add-ons/metrics-server',
  covers: ['ADD-04'],
  title: 'metrics-server answers nobody without a login',
  severity: 'low',
  why: 'Figures of use name every node and pod and show when somebody works.',
  repair:
    'Let metrics-server authenticate and authorise by the API server, as its own manifests do: no `--authorization-always-allow-paths` for `/apis`, and no binding for `system:anonymous`.',
  techniques: ['T1613'],
  references: ['https://github.com/kubernetes-sigs/metrics-server'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of metrics-server, and a review of access at the API server.',
  doors: { places: ['published', 'service'], ports: [4443, 10250], recognise: (door) => isCalled(door, /metrics-server/) },
  ...decidedBy(
    {
      path: nodes,
      shows: says(/"kind"\s*:\s*"NodeMetricsList"/),
      outcome: 'fail',
      message: 'metrics-server gives the figures of all nodes to anybody who can reach it.',
      found: 'a list of node metrics',
    },
    {
      path: nodes,
      shows: ({ status, body }) => (status === 401 || status === 403) && /"kind"\s*:\s*"Status"/.test(body),
      outcome: 'pass',
      message: 'metrics-server gives no figures without a login.',
      found: 'turned away',
    },
  ),
});
