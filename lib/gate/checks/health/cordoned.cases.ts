import { gateCasesFor } from '../../check.ts';
import { exampleNode } from '../../shared/examples.ts';
import { cordoned } from './cordoned.check.ts';

export const cases = gateCasesFor(cordoned, [
  { name: 'none', given: { nodes: [exampleNode()] }, expect: 'pass' },
  { name: 'one', given: { nodes: [exampleNode(), exampleNode({ name: 'worker-2', cordoned: true })] }, expect: 'fail', says: 'worker-2' },
]);
