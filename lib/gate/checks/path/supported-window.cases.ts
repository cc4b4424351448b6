import { gateCasesFor } from '../../check.ts';
import { supportedWindow } from './supported-window.check.ts';

// the data knows 1.37 as the newest: the window of N-3 is 1.34 to 1.37
export const cases = gateCasesFor(supportedWindow, [
  { name: 'both inside', upgrade: '1.35.4 to 1.36.3', given: {}, expect: 'pass', says: '1.34 to 1.37' },
  { name: 'the oldest edge', upgrade: '1.34.1 to 1.34.13', given: {}, expect: 'pass' },
  { name: 'the newest edge', upgrade: '1.36.3 to 1.37.2', given: {}, expect: 'pass' },
  { name: 'a cluster that fell out of it', upgrade: '1.33.1 to 1.34.13', given: {}, expect: 'fail', says: 'The cluster is unsupported' },
  { name: 'a target outside', upgrade: '1.32.1 to 1.33.13', given: {}, expect: 'fail', says: 'released 2025-04-23' },
  { name: 'a candidate', upgrade: '1.36.3 to 1.37.0-rc.1', given: {}, expect: 'fail', says: 'pre-release' },
  { name: 'newer than the data', upgrade: '1.37.2 to 1.38.0', given: {}, expect: 'unknown', says: '2026-11-28' },
]);
