import type { IncomingHttpHeaders } from 'node:http';
import type { FaultKind } from '../../kubernetes/fault.ts';
import type { Patience } from './wire.ts';

/** How often a request is sent that fails for a passing reason. */
const maxTries = 3;
/** How often one is sent that the registry asks to wait with. */
const maxWaits = 6;
const passing: ReadonlySet<FaultKind> = new Set(['cut', 'cut-short']);

/** Milliseconds to wait before a request is sent again; `undefined` when it is not. `attempt` counts from 0, `waitedMs` are the waits before. */
export const pauseAfter = (
  outcome: FaultKind | { readonly status: number; readonly headers: IncomingHttpHeaders },
  attempt: number,
  waitedMs: number,
  { pauseMs, limitMs }: Patience,
): number | undefined => {
  const usual = pauseMs * 2 ** attempt;
  if (typeof outcome === 'string') return passing.has(outcome) && attempt + 1 < maxTries ? usual : undefined;
  const { status, headers } = outcome;
  if (status !== 429 && ![500, 502, 503, 504].includes(status)) return undefined;
  const asked = retryAfter(headers['retry-after']);
  if (attempt + 1 >= (status === 429 || asked !== undefined ? maxWaits : maxTries)) return undefined;
  const pause = asked ?? usual;
  return waitedMs + pause <= limitMs ? pause : undefined;
};

/** Retry-After in seconds or as a date, in milliseconds from now. */
const retryAfter = (value: string | undefined): number | undefined => {
  if (value === undefined || value === '') return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
};
