import { gateCasesFor } from '../../check.ts';
import { noDowngrade } from './no-downgrade.check.ts';

export const cases = gateCasesFor(noDowngrade, [
  { name: 'a newer patch', upgrade: '1.35.4 to 1.35.5', given: {}, expect: 'pass' },
  { name: 'patches by number', upgrade: '1.35.9 to 1.35.10', given: {}, expect: 'pass' },
  { name: 'the same again', upgrade: '1.35.4 to v1.35.4', given: {}, expect: 'pass' },
  { name: 'the release after its candidate', upgrade: '1.36.0-rc.1 to 1.36.0', given: {}, expect: 'pass' },
  { name: 'an older minor', upgrade: '1.36.3 to 1.35.10', given: {}, expect: 'fail', says: '1.36.3' },
  { name: 'an older patch', upgrade: '1.35.4 to 1.35.3', given: {}, expect: 'fail', says: '1.35.3' },
  { name: 'a candidate after the release', upgrade: '1.36.0 to 1.36.0-rc.1', given: {}, expect: 'fail' },
  { name: 'an older major', upgrade: '2.0.0 to 1.37.0', given: {}, expect: 'fail' },
]);
