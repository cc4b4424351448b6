import { doesNotApply, fails, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const config = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy' };

export const kubeProxyIpvs = defineBreak({
  name: 'kube-proxy-ipvs',
  title: 'kube-proxy does not run in ipvs mode',
  severity: 'low',
  why: 'The mode ipvs is deprecated since 1.35 and is to be switched off around 1.40; nftables takes its place.',
  repair: 'Set `mode: nftables` (kernel 5.13 or newer) in the ConfigMap kube-proxy and restart its pods.',
  links: ['https://kubernetes.io/docs/reference/networking/virtual-ips/'],
  at: ['1.35'],
  lasts: true,
  needs: ['settings'],
  judge: ({ settings: { kubeProxy } }) => {
    if (!kubeProxy) return doesNotApply('kube-proxy does not run as kubeadm sets it up.');
    return kubeProxy.mode === 'ipvs'
      ? fails('kube-proxy runs in ipvs mode, by kube-system/kube-proxy.', [config])
      : passes('kube-proxy does not run in ipvs mode.');
  },
});
