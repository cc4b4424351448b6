import { admission, webhook } from '../../../test/support/workloads.ts';
import { unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { externalStore } from './external-store.check.ts';

export const cases = casesFor(externalStore, [
  { name: 'nothing', expect: 'manual', given: { apiGroups: ['apps'], admission: admission() }, says: 'Nothing that is known' },
  {
    name: 'an operator',
    expect: 'manual',
    given: { apiGroups: ['apps', 'external-secrets.io'], admission: admission() },
    says: 'External Secrets Operator can bring',
  },
  {
    name: 'an injector',
    expect: 'manual',
    given: {
      apiGroups: [],
      admission: admission({ webhooks: [webhook('vault.hashicorp.com', { configuration: 'vault-agent-injector-cfg' })] }),
    },
    says: 'Vault Agent Injector can bring',
  },
  {
    name: 'webhooks could not be read',
    expect: 'manual',
    given: { apiGroups: [], admission: unseen('Looking needs x.') },
    says: 'Looking needs x.',
  },
]);
