import { gateCasesFor } from '../../check.ts';
import { exampleService, exampleUrlWebhook, exampleWebhook } from '../../shared/examples.ts';
import { noEndpoints } from './no-endpoints.check.ts';

const webhooks = [exampleWebhook()];

export const cases = gateCasesFor(noEndpoints, [
  { name: 'no webhooks', given: { webhooks: [], services: [] }, expect: 'pass' },
  { name: 'somebody answers', given: { webhooks, services: [exampleService()] }, expect: 'pass' },
  { name: 'no Service', given: { webhooks, services: [] }, expect: 'fail', says: 'Service guard/guard does not exist' },
  { name: 'no endpoint', given: { webhooks, services: [exampleService({ ready: 0 })] }, expect: 'fail', says: 'webhooks of guard' },
  { name: 'another port', given: { webhooks, services: [exampleService({ ports: [8443] })] }, expect: 'fail', says: 'has no port 443' },
  {
    name: 'nobody, and open when it fails',
    given: { webhooks: [exampleWebhook({ failurePolicy: 'Ignore' })], services: [] },
    expect: 'pass',
  },
  { name: 'a URL', given: { webhooks: [exampleUrlWebhook()], services: [] }, expect: 'pass' },
]);
