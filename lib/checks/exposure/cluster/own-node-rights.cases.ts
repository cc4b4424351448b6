import { statementCasesFor } from '../statement.ts';
import { ownNodeRights } from './own-node-rights.statement.ts';

export const cases = statementCasesFor(ownNodeRights, [
  {
    name: 'the proxy of nodes',
    given: { ownNodeRights: ['get nodes/proxy', 'get nodes/stats'] },
    expect: 'fail',
    severity: 'high',
    says: 'get nodes/proxy',
  },
  { name: 'an administrator', given: { ownNodeRights: ['get nodes/proxy', 'delete nodes'] }, expect: 'fail', severity: 'info' },
  {
    name: 'an administrator, who may do anything',
    given: { ownNodeRights: ['get nodes/proxy', 'delete nodes'] },
    expect: 'fail',
    severity: 'info',
  },
  { name: 'finer rights only', given: { ownNodeRights: ['get nodes/metrics', 'get nodes/configz'] }, expect: 'pass' },
  { name: 'no right of the kind', given: { ownNodeRights: [] }, expect: 'pass' },
]);
