import { gateCasesFor } from '../../check.ts';
import { exampleNode } from '../../shared/examples.ts';
import { pressure } from './pressure.check.ts';

export const cases = gateCasesFor(pressure, [
  { name: 'none', given: { nodes: [exampleNode()] }, expect: 'pass' },
  {
    name: 'a full disk',
    given: { nodes: [exampleNode({ pressure: ['DiskPressure'] })] },
    expect: 'fail',
    says: '(DiskPressure): worker-1',
  },
]);
