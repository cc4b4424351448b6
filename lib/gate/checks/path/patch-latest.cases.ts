import { gateCasesFor } from '../../check.ts';
import { patchLatest } from './patch-latest.check.ts';

export const cases = gateCasesFor(patchLatest, [
  { name: 'the newest', upgrade: '1.35.4 to 1.36.6', given: {}, expect: 'pass' },
  { name: 'newer than the data', upgrade: '1.35.4 to 1.36.20', given: {}, expect: 'pass' },
  { name: 'an older patch', upgrade: '1.35.4 to 1.36.3', given: {}, expect: 'fail', says: 'v1.36.6' },
  { name: 'patches by number', upgrade: '1.34.1 to 1.35.9', given: {}, expect: 'fail', says: 'v1.35.10' },
  { name: 'a minor without data', upgrade: '1.37.2 to 1.38.0', given: {}, expect: 'unknown', says: '2026-11-28' },
]);
