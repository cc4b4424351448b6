import { gateCasesFor } from '../../check.ts';
import { exampleWebhook } from '../../shared/examples.ts';
import { timeout } from './timeout.check.ts';

export const cases = gateCasesFor(timeout, [
  { name: 'what Kubernetes sets', given: { webhooks: [exampleWebhook()] }, expect: 'pass' },
  { name: 'half a minute', given: { webhooks: [exampleWebhook({ timeoutSeconds: 30 })] }, expect: 'fail', says: 'may take 30 s' },
]);
