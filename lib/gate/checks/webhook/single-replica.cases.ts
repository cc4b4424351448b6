import { gateCasesFor } from '../../check.ts';
import { exampleService, exampleWebhook } from '../../shared/examples.ts';
import { singleReplica } from './single-replica.check.ts';

export const cases = gateCasesFor(singleReplica, [
  { name: 'two', given: { webhooks: [exampleWebhook()], services: [exampleService()] }, expect: 'pass' },
  {
    name: 'one',
    given: { webhooks: [exampleWebhook()], services: [exampleService({ ready: 1 })] },
    expect: 'fail',
    says: 'Service guard/guard has one ready endpoint',
  },
  {
    name: 'one, open when it fails',
    given: { webhooks: [exampleWebhook({ failurePolicy: 'Ignore' })], services: [exampleService({ ready: 1 })] },
    expect: 'pass',
  },
]);
