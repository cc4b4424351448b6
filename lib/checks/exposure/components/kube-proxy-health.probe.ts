import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';

export const kubeProxyHealth = defineProbe({
  id: 'exposure/components/kube-proxy-health',
  covers: ['CMP-04'],
  title: 'kube-proxy tells nobody outside whether it is healthy',
  severity: 'info',
  why: 'The port is open by design, because load balancers outside ask it whether a node takes traffic; it tells that a node of Kubernetes is here, and no more.',
  repair:
    'Let the firewall of the nodes admit the load balancers only, or set `healthzBindAddress` in the configuration of kube-proxy where there are none.',
  techniques: ['T1046'],
  references: ['https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/'],
  intrusiveness: 'reading',
  leaves: 'Nothing; kube-proxy does not log requests.',
  doors: { places: ['node'], ports: [10256] },
  ...decidedBy({
    path: '/healthz',
    // 503 while a node takes no traffic
    shows: ({ status, body }) =>
      (status === 200 || status === 503) && /^\s*\{\s*"lastUpdated"\s*:\s*"[^"]*"\s*,\s*"currentTime"/.test(body),
    outcome: 'fail',
    message: 'kube-proxy tells anybody who can reach it whether it is healthy; this is open by design.',
    found: 'its health',
  }),
});
