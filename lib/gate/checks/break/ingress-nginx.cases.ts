import { seen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { unread } from './examples.ts';
import { ingressNginx } from './ingress-nginx.check.ts';

export const cases = gateCasesFor(ingressNginx, [
  { name: 'none', given: { ingressClasses: seen([]) }, expect: 'pass' },
  {
    name: 'another controller',
    given: { ingressClasses: seen([{ name: 'cilium', controller: 'cilium.io/ingress-controller' }]) },
    expect: 'pass',
  },
  {
    name: 'ingress-nginx',
    given: { ingressClasses: seen([{ name: 'nginx', controller: 'k8s.io/ingress-nginx' }]) },
    expect: 'fail',
    says: 'nginx',
  },
  { name: 'not read', given: { ingressClasses: unread }, expect: 'unknown' },
]);
