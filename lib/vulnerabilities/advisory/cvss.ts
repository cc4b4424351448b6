import calculator from 'ae-cvss-calculator';
import type { Severity } from '../../core/outcome.ts';
import type { Rating } from './advisory.ts';

const { Cvss2, Cvss3P0, Cvss3P1, Cvss4P0 } = calculator;

/** FIRST's words for scores; version 2 has no `critical` (NVD's table). */
const severityOf = (score: number, hasCritical: boolean): Severity => {
  if (score >= 9 && hasCritical) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 || !hasCritical ? 'low' : 'info';
};

/** Version 2 has no prefix; some databases write one, or brackets. */
const modelOf = (vector: string) => {
  if (vector.startsWith('CVSS:4.0/')) return new Cvss4P0(vector);
  if (vector.startsWith('CVSS:3.1/')) return new Cvss3P1(vector);
  if (vector.startsWith('CVSS:3.0/')) return new Cvss3P0(vector);
  return vector.startsWith('CVSS:') ? undefined : new Cvss2(vector);
};

const metrics = /^(?:CVSS:\d\.\d\/)?[A-Za-z]{1,3}:[A-Za-z]{1,10}(?:\/[A-Za-z]{1,3}:[A-Za-z]{1,10}){5,40}$/;

/**
 * What a CVSS vector (2.0, 3.0, 3.1 or 4.0) says; `undefined` when it is none, or when base metrics are missing. Only the base metrics count: advisories speak of
 * no environment, and a score for exploit maturity ages.
 */
export const rateVector = (text: string): Rating | undefined => {
  const vector = text
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^CVSS:2\.0\//, '');
  if (!metrics.test(vector)) return undefined;
  try {
    const model = modelOf(vector);
    if (!model?.isBaseFullyDefined()) return undefined;
    const scores = model.calculateScores();
    const score = 'baseMetricsOnly' in scores ? scores.baseMetricsOnly : scores.base;
    if (typeof score !== 'number' || Number.isNaN(score)) return undefined;
    return { severity: severityOf(score, vector.startsWith('CVSS:')), from: 'cvss', score, vector };
  } catch {
    // the library throws on metrics and values it does not know
    return undefined;
  }
};

/** The words of GitHub, Red Hat, Debian, Ubuntu and SUSE. Debian's `not yet assigned` and `end-of-life` say nothing. */
const words: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  important: 'high',
  high: 'high',
  moderate: 'medium',
  medium: 'medium',
  low: 'low',
  negligible: 'info',
  unimportant: 'info',
  none: 'info',
};

/** What a database says in its own word. */
export const rateWord = (word: string): Rating | undefined => {
  const key = word.trim().toLowerCase().replace(/\*+$/, '');
  const severity = Object.hasOwn(words, key) ? words[key] : undefined;
  return severity && { severity, from: 'word' };
};
