import { cruise } from 'dependency-cruiser';
import { expect, it } from 'vitest';
import config from '../../.dependency-cruiser.mjs';

const { output } = await cruise(['bin', 'lib', 'lambdas'], {
  ...config.options,
  validate: true,
  ruleSet: { forbidden: config.forbidden },
} as never);
if (typeof output === 'string') throw new Error('expected the object form of the answer');

it('has looked at the sources at all', () => {
  expect(output.modules.filter(({ source }) => source.endsWith('.ts')).length).toBeGreaterThan(600);
});

it('keeps every import inside the boundaries', () => {
  expect(output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
});
