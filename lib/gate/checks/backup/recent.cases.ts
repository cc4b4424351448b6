import { gateCasesFor } from '../../check.ts';
import { recent } from './recent.check.ts';

// cases are judged at noon of 2026-11-23
const at = (completedAt: string) => ({ backups: { installed: true, newest: { name: 'nightly', namespace: 'velero', completedAt } } });

export const cases = gateCasesFor(recent, [
  { name: 'of last night', given: at('2026-11-23T02:00:00Z'), expect: 'pass' },
  { name: 'of yesterday, just before the next', given: at('2026-11-22T11:30:00Z'), expect: 'pass' },
  { name: 'of three days ago', given: at('2026-11-20T11:00:00Z'), expect: 'fail', says: 'velero/nightly, is 73 hours old' },
  { name: 'none yet', given: { backups: { installed: true } }, expect: 'fail' },
  { name: 'a time that is none', given: at('soon'), expect: 'unknown' },
  { name: 'no Velero', given: { backups: { installed: false } }, expect: 'unknown' },
]);
