import { doesNotApply, fails, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

export const kubeadmV1beta3 = defineBreak({
  name: 'kubeadm-v1beta3',
  title: 'kubeadm keeps its configuration in a version it still reads',
  severity: 'high',
  why: 'From 1.37 on kubeadm no longer reads kubeadm.k8s.io/v1beta3: files and hooks that use it, and a kubeadm-config that was never rewritten, stop the upgrade.',
  repair: 'Run `kubeadm config migrate` with a 1.35 or 1.36 binary over every file, and upgrade kubeadm-config by a kubeadm of that minor.',
  links: ['https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/'],
  at: ['1.37'],
  needs: ['settings'],
  judge: ({ settings: { kubeadm } }) => {
    if (!kubeadm) return doesNotApply('kubeadm keeps nothing in this cluster.');
    if (/v1beta[1-3]$/.test(kubeadm.apiVersion))
      return fails(`kube-system/kubeadm-config is written as ${kubeadm.apiVersion}.`, [
        { kind: 'ConfigMap', namespace: 'kube-system', name: 'kubeadm-config', detail: kubeadm.apiVersion },
      ]);
    return passes(`kubeadm-config is written as ${kubeadm.apiVersion}.`);
  },
});
