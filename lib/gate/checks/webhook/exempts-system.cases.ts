import { seen, unseen } from '../../../core/facts/index.ts';
import type { GateWebhook } from '../../../core/gate/index.ts';
import { gateCasesFor } from '../../check.ts';
import { exampleService, exampleWebhook } from '../../shared/examples.ts';
import { exemptsSystem } from './exempts-system.check.ts';

const given = (changes: Partial<GateWebhook>) => ({
  webhooks: [exampleWebhook(changes)],
  services: [exampleService()],
  namespaces: [],
  pods: seen([]),
});
const marked = { namespaceSelector: { matchLabels: { guarded: 'yes' } } };

export const cases = gateCasesFor(exemptsSystem, [
  { name: 'namespaces that ask for it', given: given(marked), expect: 'pass' },
  { name: 'all namespaces', given: given({}), expect: 'fail', says: 'pods in kube-system' },
  { name: 'all namespaces, open when it fails', given: given({ failurePolicy: 'Ignore' }), expect: 'pass' },
  { name: 'pods that were not seen', given: { ...given({}), pods: unseen('No right.') }, expect: 'fail' },
  { name: 'conditions that nobody reads here', given: given({ matchConditions: 1 }), expect: 'pass' },
]);
