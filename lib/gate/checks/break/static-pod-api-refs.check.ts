import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

export const staticPodApiRefs = defineBreak({
  name: 'static-pod-api-refs',
  title: 'No static pod refers to objects of the API',
  severity: 'critical',
  why: 'Since 1.34 the kubelet does not run a static pod that refers to a ConfigMap, a Secret or a ServiceAccount, and since 1.37 no gate allows it any more; kube-vip and load balancers of the control plane are often written so.',
  repair: 'Give the static pod its files by hostPath.',
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/'],
  at: ['1.34', '1.37'],
  needs: ['pods'],
  judge: ({ pods }) => {
    const referring = pods
      .filter(({ isMirror, refersTo }) => isMirror && refersTo.length > 0)
      .map(({ namespace, name, refersTo }) => ({ kind: 'Pod', namespace, name, detail: `refers to ${refersTo.join(', ')}` }));
    if (referring.length === 0) return passes('No static pod refers to objects of the API.');
    return fails(`The kubelet will not run these static pods: ${namesText(referring)}.`, referring);
  },
});
