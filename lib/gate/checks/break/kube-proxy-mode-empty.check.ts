import { doesNotApply, fails, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const config = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy' };

export const kubeProxyModeEmpty = defineBreak({
  name: 'kube-proxy-mode-empty',
  title: 'The mode of kube-proxy is set',
  severity: 'low',
  why: 'From 1.37 on kube-proxy warns when no mode is set, because nftables is to become the default: an upgrade would then change it silently.',
  repair: 'Set `mode: iptables` or `mode: nftables` in the ConfigMap kube-proxy.',
  links: ['https://kubernetes.io/docs/reference/networking/virtual-ips/'],
  at: ['1.37'],
  lasts: true,
  needs: ['settings'],
  judge: ({ settings: { kubeProxy } }) => {
    if (!kubeProxy) return doesNotApply('kube-proxy does not run as kubeadm sets it up.');
    return kubeProxy.mode === '' ? fails('kube-system/kube-proxy sets no mode.', [config]) : passes('The mode is set.');
  },
});
