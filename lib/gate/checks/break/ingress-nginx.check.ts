import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

export const ingressNginx = defineBreak({
  name: 'ingress-nginx',
  title: 'Traffic does not come in through the retired ingress-nginx',
  severity: 'medium',
  why: 'The project ingress-nginx is retired since March 2026 and gets no fixes, not even for security: no later Kubernetes is tested with it.',
  repair: 'Move to another controller, or to the Gateway API.',
  links: ['https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/'],
  at: 'always',
  needs: ['ingressClasses'],
  judge: ({ ingressClasses }) => {
    const retired = ingressClasses
      .filter(({ controller }) => controller === 'k8s.io/ingress-nginx')
      .map(({ name, controller }) => ({ kind: 'IngressClass', name, detail: controller }));
    return retired.length === 0
      ? passes('No IngressClass is of ingress-nginx.')
      : fails(`ingress-nginx serves ${namesText(retired)}.`, retired);
  },
});
