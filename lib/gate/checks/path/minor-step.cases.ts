import { gateCasesFor } from '../../check.ts';
import { minorStep } from './minor-step.check.ts';

export const cases = gateCasesFor(minorStep, [
  { name: 'the next minor', upgrade: '1.35.4 to 1.36.3', given: {}, expect: 'pass' },
  { name: 'a patch', upgrade: '1.35.4 to 1.35.9', given: {}, expect: 'pass' },
  { name: 'two minors', upgrade: '1.26.3 to 1.28.0', given: {}, expect: 'fail', says: '1.26 → 1.27 → 1.28' },
  { name: 'another major', upgrade: '1.37.0 to 2.0.0', given: {}, expect: 'fail' },
  { name: 'vendor builds', upgrade: '1.35.1+vmware.2-vkr.1 to 1.36.0+vmware.1', given: {}, expect: 'pass' },
]);
