import type { Vantage } from '../../core/finding.ts';
import { type ConformanceFlags, conformanceChoice } from '../conformance-flags.ts';
import { given } from './run.ts';

/** What a scan may be told beside its kind, as the command line has it. */
export interface ScanOptionFlags extends ConformanceFlags {
  readonly nodeFacts?: boolean;
  readonly nodeFactsImage?: string;
  readonly benchmark?: string;
  readonly vantage?: readonly Vantage[];
  readonly targets?: readonly string[];
  readonly probeImage?: string;
}

/** The same as the API takes it. */
export const optionsOf = ({ nodeFacts, nodeFactsImage, benchmark, vantage, targets, probeImage, ...flags }: ScanOptionFlags) =>
  given({ nodeFacts, nodeFactsImage, benchmark, vantages: vantage, targets, probeImage, conformance: conformanceChoice(flags) });
