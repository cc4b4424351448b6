import { z } from 'zod';
import { Certainty, Vantage } from '../finding.ts';
import { Outcome, Severity } from '../outcome.ts';
import { Door, doorStates } from './door.ts';

/** One request as the annex of the report lists it. */
export const Exchange = z.object({
  probe: z.string().describe('Id of the probe, or `knock` and `greeting` for finding out what is open'),
  endpoint: z.string().describe('Address and port'),
  host: z.string().optional().describe('Name sent as SNI and Host'),
  sent: z.string().describe('The request in a line'),
  answered: z.string().describe('The answer in a few words'),
});
export type Exchange = z.infer<typeof Exchange>;

/** What one probe concluded at one door: already reduced and redacted, no body is kept. */
export const Note = z.object({
  probe: z.string(),
  /** Index into `doors` of the sight. */
  door: z.int().min(0),
  outcome: Outcome,
  severity: Severity.optional(),
  certainty: Certainty.optional(),
  message: z.string(),
  repair: z.string().optional(),
  evidence: z.array(z.object({ looked: z.string(), found: z.string() })),
});
export type Note = z.infer<typeof Note>;

/** Everything one vantage saw. */
export const Sight = z.object({
  vantage: Vantage,
  /** Every door that was to be tried, with what the knock found. */
  doors: z.array(z.object({ door: Door, state: z.enum(doorStates) })),
  notes: z.array(Note),
  exchanges: z.array(Exchange),
  /** Exchanges that timed out after the connection stood. */
  timedOut: z.int().min(0),
});
export type Sight = z.infer<typeof Sight>;
