import { gateCasesFor } from '../../check.ts';
import { exampleService } from '../../shared/examples.ts';
import { conversionWebhook } from './conversion-webhook.check.ts';
import { crd } from './examples.ts';

const service = { namespace: 'guard', name: 'guard', port: 443 };
const crds = [crd({ conversion: { strategy: 'Webhook', service } })];

export const cases = gateCasesFor(conversionWebhook, [
  { name: 'a service that answers', given: { crds, services: [exampleService()] }, expect: 'pass' },
  { name: 'no endpoint', given: { crds, services: [exampleService({ ready: 0 })] }, expect: 'fail', says: 'baskets.shop.example' },
  { name: 'no service', given: { crds, services: [] }, expect: 'fail', says: 'guard/guard does not exist' },
  { name: 'another port', given: { crds, services: [exampleService({ ports: [8443] })] }, expect: 'fail', says: 'no port 443' },
  { name: 'an address outside', given: { crds: [crd({ conversion: { strategy: 'Webhook' } })], services: [] }, expect: 'unknown' },
  { name: 'none', given: { crds: [crd()], services: [] }, expect: 'not-applicable' },
  {
    name: 'newer than the data',
    upgrade: '1.37.2 to 1.38.0',
    given: { crds, services: [exampleService()] },
    expect: 'unknown',
    says: '2026-11-28',
  },
]);
