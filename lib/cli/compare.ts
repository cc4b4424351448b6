import { writeTogether } from '../adapters/local/files.ts';
import type { Severity } from '../core/outcome.ts';
import { isAtLeast } from '../core/outcome.ts';
import { compare } from '../reports/compare.ts';
import type { Comparison } from '../reports/comparison.ts';
import { comparisonFileNames, comparisonFormats, renderComparison } from '../reports/renderers/comparison.ts';
import type { Answer } from './program.ts';
import { readFonts, readReport } from './report-folder.ts';
import { table } from './summary.ts';
import { styled, type Terminal } from './terminal.ts';

export interface CompareFlags {
  readonly base: string;
  readonly head: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly failOnNew?: Severity;
}
