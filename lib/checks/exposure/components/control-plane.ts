import { login, type Sign, says } from '../add-ons/signs.ts';

/**
 * What a component of the control plane may show on its port, worst first. With a login only its health shows, by design: then the port stands open where
 * loopback would do, and no more.
 */
export const componentSigns = (name: string, ports: readonly number[]): readonly Sign[] => [
  {
    path: '/configz',
    shows: says(/^\s*\{"(componentconfig|(kube|cloud)[a-z]*\.config\.k8s\.io)":\{/),
    outcome: 'fail',
    message: `${name} shows its configuration to anybody who can reach it.`,
    found: 'its configuration',
  },
  {
    path: '/metrics',
    shows: says(
      /^# HELP (aggregator_|apiserver_|authentication_|cloudprovider_|kubernetes_build_info|rest_client_|scheduler_|workqueue_)/m,
    ),
    outcome: 'fail',
    message: `${name} gives its metrics to anybody who can reach it.`,
    found: 'metrics',
  },
  {
    path: '/debug/pprof/',
    shows: says(/<title>\/debug\/pprof\/<\/title>/),
    outcome: 'fail',
    message: `${name} lets anybody who can reach it look into its memory.`,
    found: 'profiles',
  },
  {
    path: '/flagz',
    shows: says(/^\s*(kube|cloud)[\w-]* flagz\s/),
    outcome: 'fail',
    message: `${name} shows its flags to anybody who can reach it.`,
    found: 'its flags',
  },
  {
    path: '/healthz',
    shows: says(/^ok\s*$/),
    outcome: 'fail',
    severity: 'low',
    message: `${name} listens to the network, though it asks for a login before it tells more than its health.`,
    found: 'ok',
  },
  // two paths, so that one without an answer leaves the other to tell that the question is open
  login('/metrics', { ports }),
  login('/configz', { ports }),
];

export const bindToLoopback =
  'Set `--bind-address=127.0.0.1` (kubeadm does), or let the firewall of the nodes admit Prometheus only; never set `--authorization-always-allow-paths` beyond health.';
export const componentLeaves = 'Nothing but a line in the log of the component, if it logs requests.';
