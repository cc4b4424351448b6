import { expect, it } from 'vitest';
import { selects } from './label-selector.ts';

const labels = { team: 'a', tier: 'web' };
const expression = (key: string, operator: string, ...values: readonly string[]) => ({ matchExpressions: [{ key, operator, values }] });
it.each([
  ['no selector', undefined, true],
  ['null', null, false],
  ['an empty one', {}, true],
  ['a name that every object inherits', expression('constructor', 'Exists'), false],
  ['a label', { matchLabels: { team: 'a' } }, true],
  ['another value', { matchLabels: { team: 'b' } }, false],
  ['one label of two', { matchLabels: { team: 'a', tier: 'db' } }, false],
  ['In', expression('team', 'In', 'b', 'a'), true],
  ['In, without the label', expression('zone', 'In', 'a'), false],
  ['NotIn', expression('team', 'NotIn', 'a'), false],
  ['NotIn, without the label', expression('zone', 'NotIn', 'a'), true],
  ['Exists', expression('team', 'Exists'), true],
  ['Exists, without the label', expression('zone', 'Exists'), false],
  ['DoesNotExist', expression('team', 'DoesNotExist'), false],
  ['labels and expressions together', { matchLabels: { team: 'a' }, ...expression('tier', 'NotIn', 'web') }, false],
])('%s', (_what, selector, expected) => expect(selects(selector, labels)).toBe(expected));
