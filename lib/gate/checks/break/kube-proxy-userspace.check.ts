import { doesNotApply, fails, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const config = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy' };

export const kubeProxyUserspace = defineBreak({
  name: 'kube-proxy-userspace',
  title: 'kube-proxy does not run in userspace mode',
  severity: 'critical',
  why: 'The mode userspace is gone in 1.26: kube-proxy does not start with it, and no Service is reached any more.',
  repair: 'Set `mode: iptables` in the ConfigMap kube-proxy and restart its pods.',
  links: ['https://kubernetes.io/docs/reference/networking/virtual-ips/'],
  at: ['1.26'],
  needs: ['settings'],
  judge: ({ settings: { kubeProxy } }) => {
    if (!kubeProxy) return doesNotApply('kube-proxy does not run as kubeadm sets it up.');
    return kubeProxy.mode === 'userspace'
      ? fails('kube-proxy runs in userspace mode, by kube-system/kube-proxy.', [config])
      : passes('kube-proxy does not run in userspace mode.');
  },
});
