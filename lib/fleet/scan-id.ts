import { createHash } from 'node:crypto';
import { timeOf, writeTime } from '../core/time.ts';
import type { ScanKind } from '../reports/report.ts';

const letters: Readonly<Record<ScanKind, string>> = { configuration: 'cfg', penetration: 'pen', conformance: 'cnf', sbom: 'sbm' };

interface Asked {
  readonly kind: ScanKind;
  readonly clusterId: string;
  /** The slot, or for a scan that somebody asked for the time of asking. */
  readonly at: string;
  /** Random text that makes the id unique. Leave it out for a slot: then a dispatcher that repeats itself arrives at the same id. */
  readonly nonce?: string;
}

/** Id of a scan, see `ScanId`. */
export const scanIdOf = ({ kind, clusterId, at, nonce = '' }: Asked): string => {
  const second = writeTime(timeOf(at)).slice(0, 19);
  const hex = createHash('sha256')
    .update(JSON.stringify([clusterId, kind, second, nonce]))
    .digest('hex');
  return `${second.replaceAll(/[-:]/g, '')}Z-${letters[kind]}-${hex.slice(0, 16)}`;
};

/** The time an id begins with, to the second: when the scan was asked or planned for. None when the text is no such id. */
export const askedAt = (scanId: string): string | undefined => {
  const [, date, ...clock] = /^(\d{8})T(\d\d)(\d\d)(\d\d)Z-/.exec(scanId) ?? [];
  return date === undefined ? undefined : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${clock.join(':')}.000Z`;
};
