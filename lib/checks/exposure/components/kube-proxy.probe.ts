import { decidedBy, says } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';

export const kubeProxy = defineProbe({
  id: 'exposure/components/kube-proxy',
  covers: ['CMP-04'],
  title: 'kube-proxy gives its figures and configuration to nobody outside its node',
  severity: 'medium',
  why: 'The port knows no login: it tells how Services are turned into rules, with version and configuration, and lends its memory to whoever asks for profiles.',
  repair:
    'Leave `metricsBindAddress` at 127.0.0.1:10249 in the configuration of kube-proxy, or let the firewall of the nodes admit Prometheus only.',
  techniques: ['T1613'],
  references: ['https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/'],
  intrusiveness: 'reading',
  leaves: 'Nothing; kube-proxy does not log requests.',
  doors: { places: ['node'], ports: [10249] },
  ...decidedBy(
    {
      path: '/configz',
      shows: says(/^\s*\{"kubeproxy\.config\.k8s\.io":\{/),
      outcome: 'fail',
      message: 'kube-proxy shows its configuration to anybody who can reach it.',
      found: 'its configuration',
    },
    {
      path: '/metrics',
      shows: says(/^# HELP (kubeproxy_|apiserver_audit_|kubernetes_build_info)/m),
      outcome: 'fail',
      message: 'kube-proxy gives its metrics to anybody who can reach it.',
      found: 'metrics of kube-proxy',
    },
    {
      path: '/debug/pprof/',
      shows: says(/<title>\/debug\/pprof\/<\/title>/),
      outcome: 'fail',
      message: 'kube-proxy lets anybody who can reach it look into its memory.',
      found: 'profiles',
    },
    {
      path: '/proxyMode',
      shows: says(/^(iptables|ipvs|nftables|userspace|kernelspace)\s*$/),
      outcome: 'fail',
      message: 'kube-proxy tells anybody who can reach it how it works.',
      found: 'its mode',
    },
  ),
});
