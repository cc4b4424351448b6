import { gateCasesFor } from '../../check.ts';
import { api } from './api.check.ts';

export const cases = gateCasesFor(api, [
  { name: 'all well', given: { apiHealth: { failing: [] } }, expect: 'pass' },
  {
    name: 'a hook that has not ended',
    given: { apiHealth: { failing: ['poststarthook/rbac/bootstrap-roles'] } },
    expect: 'fail',
    says: 'bootstrap-roles',
  },
]);
