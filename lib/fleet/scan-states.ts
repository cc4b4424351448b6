import type { ScanRecord } from './scan.ts';

// Without schemas: what only asks whether a scan has ended does not load them.

/** Forward only; the last five are final. */
export const scanStates = ['queued', 'running', 'completed', 'failed', 'timed-out', 'cancelled', 'skipped'] as const;
export type ScanState = (typeof scanStates)[number];

/** What may follow each state. */
export const nextStates: Readonly<Record<ScanState, readonly ScanState[]>> = {
  queued: ['running', 'failed', 'timed-out', 'cancelled', 'skipped'],
  running: ['completed', 'failed', 'timed-out', 'cancelled'],
  completed: [],
  failed: [],
  'timed-out': [],
  cancelled: [],
  skipped: [],
};
export const isFinal = (state: ScanState): boolean => nextStates[state].length === 0;
export const mayFollow = (from: ScanState, to: ScanState): boolean => nextStates[from].includes(to);

/** Whether nothing is to be done for a scan any more: it has ended, and its evidence is sealed. Scans that ended before every end was sealed are done, too. */
export const isDone = ({ state, unsealed }: Pick<ScanRecord, 'state' | 'unsealed'>): boolean => isFinal(state) && !unsealed;
