import type { KubeProxyFact } from '../../core/facts/index.ts';
import { defineCheck, fail, notApplicable, pass, unknown } from '../check.ts';
import { isLoopback } from '../shared/flag-check.ts';

/** Host of `host:port`, `[host]:port`, or of an address alone. */
const hostOf = (address: string): string =>
  /^\[(.*)\](:\d+)?$/.exec(address)?.[1] ?? (address.split(':').length > 2 ? address : (address.split(':')[0] ?? ''));

/** Where the address is set: with a configuration file kube-proxy ignores the flag. */
const setting = ({
  flags,
  metricsBindAddress,
  staticPod,
}: KubeProxyFact): { readonly source: string; readonly looked: string; readonly address: string | undefined } =>
  (flags.config?.at(-1) ?? '') === ''
    ? {
        source: staticPod === undefined ? 'DaemonSet kube-system/kube-proxy' : `mirror pod kube-system/${staticPod}`,
        looked: '--metrics-bind-address',
        address: flags['metrics-bind-address']?.at(-1),
      }
    : { source: 'ConfigMap kube-system/kube-proxy', looked: 'metricsBindAddress in config.conf', address: metricsBindAddress };

export const metricsBindAddress = defineCheck({
  id: 'kube-proxy/metrics-bind-address',
  title: 'kube-proxy serves metrics on loopback only',
  severity: 'medium',
  why: 'On other addresses its port tells everybody who reaches the node how the cluster is wired, and profiles the process for them where that is on.',
  repair:
    'Set `metricsBindAddress: 127.0.0.1:10249`, or leave it empty, in `config.conf` of the ConfigMap kube-system/kube-proxy, then restart the DaemonSet; scrape metrics through a proxy on the node.',
  reads: ['kubeProxy'],
  evaluate({ cluster, kubeProxy }) {
    const subject = { kind: kubeProxy.staticPod === undefined ? 'DaemonSet' : 'Pod', namespace: 'kube-system', name: 'kube-proxy' };
    if (!kubeProxy.present && /\+k3s/.test(cluster.kubernetesVersion)) {
      const evidence = { source: '/version', looked: 'gitVersion', found: cluster.kubernetesVersion };
      return [unknown(subject, 'k3s runs kube-proxy inside its own process, where its settings cannot be seen.', evidence)];
    }
    if (!kubeProxy.present) {
      const evidence = { source: 'DaemonSets in kube-system', looked: 'kube-proxy', found: 'none' };
      return [notApplicable(subject, 'The cluster has no kube-proxy; something else does its work.', evidence)];
    }
    const { source, looked, address = '' } = setting(kubeProxy);
    const evidence = { source, looked, found: address === '' ? 'not set, default loopback' : address };
    return [
      address === '' || isLoopback(hostOf(address))
        ? pass(subject, 'kube-proxy serves metrics on loopback only.', evidence)
        : fail(subject, `kube-proxy serves metrics at ${address}.`, evidence),
    ];
  },
});
