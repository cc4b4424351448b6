import { expect, it } from 'vitest';
import type { Severity } from '../../../core/outcome.ts';
import { flaws } from './flaws.ts';
import { ratings } from './ratings.ts';

const weights: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};

/** Base score by the equations of CVSS 3. */
const scoreOf = (vector: string): number => {
  const metrics = Object.fromEntries(
    vector
      .split('/')
      .slice(1)
      .map((one) => one.split(':') as [string, string]),
  );
  const of = (name: string): number => weights[name]?.[metrics[name] ?? ''] ?? Number.NaN;
  const isChanged = metrics.S === 'C';
  const privileges = { N: 0.85, L: isChanged ? 0.68 : 0.62, H: isChanged ? 0.5 : 0.27 }[metrics.PR ?? ''] ?? Number.NaN;
  const base = 1 - (1 - of('C')) * (1 - of('I')) * (1 - of('A'));
  const impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  const exploitability = 8.22 * of('AV') * of('AC') * privileges * of('UI');
  if (impact <= 0) return 0;
  return Math.ceil(Math.min((isChanged ? 1.08 : 1) * (impact + exploitability), 10) * 10 - 1e-6) / 10;
};
const bandOf = (score: number): Severity => (score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low');

it('scores as published', () => {
  expect(scoreOf('CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H')).toBe(9.8);
  expect(scoreOf('CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:L/A:H')).toBe(7.1);
});

it.each(Object.entries(ratings))('%s has the severity that its public rating means', (cve, { vector, source }) => {
  const rows = flaws.filter((flaw) => flaw.cve === cve);
  expect(rows.length).toBeGreaterThan(0);
  for (const { severity } of rows) expect(severity).toBe(bandOf(scoreOf(vector)));
  expect(source).toMatch(/^https:\/\/github\.com\/kubernetes\/kubernetes\/issues\/\d+$/);
});
