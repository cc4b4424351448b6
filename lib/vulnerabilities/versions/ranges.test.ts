import { describe, expect, it } from 'vitest';
import type { RangeEvent } from '../advisory/advisory.ts';
import { schemeOf } from './index.ts';
import { judgeVersions } from './ranges.ts';

/** `+1.0` introduced, `-2.0` fixed, `=1.9` last affected, `!3.0` limit. */
const kinds = { '+': 'introduced', '-': 'fixed', '=': 'last_affected', '!': 'limit' } as const;
const range = (text: string): readonly RangeEvent[] =>
  text.split(' ').map((event) => [kinds[event.charAt(0) as keyof typeof kinds], event.slice(1)] as const);

const standing = (ecosystem: string, ranges: readonly string[], versions: readonly string[], version: string): string => {
  const scheme = schemeOf(ecosystem);
  if (!scheme) throw new Error(ecosystem);
  const said = judgeVersions({ ranges: ranges.map(range), versions }, scheme)(version);
  return said.is === 'affected' && said.fixed !== undefined ? `affected until ${said.fixed}` : said.is;
};

describe('ranges of an advisory', () => {
  it.each<[string, string, string]>([
    // plain
    ['+0 -2.0.0', '1.9.9', 'affected until 2.0.0'],
    ['+0 -2.0.0', '2.0.0', 'unaffected'],
    ['+1.0.0 -2.0.0', '0.9.0', 'unaffected'],
    ['+1.0.0', '9.0.0', 'affected'],
    // the last affected one is affected
    ['+0 =1.9.0', '1.9.0', 'affected'],
    ['+0 =1.9.0', '1.9.1', 'unaffected'],
    // several, in any order, the fix of the own branch
    ['+2.0.0 -2.1.0 +1.0.0 -1.5.0', '1.4.0', 'affected until 1.5.0'],
    ['+2.0.0 -2.1.0 +1.0.0 -1.5.0', '1.5.0', 'unaffected'],
    ['+2.0.0 -2.1.0 +1.0.0 -1.5.0', '2.0.5', 'affected until 2.1.0'],
    // a range that is empty, and two that touch
    ['+1.0.0 -1.0.0', '1.0.0', 'unaffected'],
    ['+1.0.0 -1.0.0', '5.0.0', 'unaffected'],
    ['+1.0.0 -2.0.0 +2.0.0 -3.0.0', '2.0.0', 'affected until 3.0.0'],
    ['+0 -0', '1.0.0', 'unaffected'],
    // limits
    ['+0 !2.0.0', '1.0.0', 'affected'],
    ['+0 !2.0.0', '2.0.0', 'unaffected'],
    // what cannot be compared
    ['+0 -2.0.0', 'latest', 'incomparable'],
    ['+0 -two', '1.0.0', 'incomparable'],
    ['+0', 'latest', 'affected'],
    ['+0 !2.0.0', 'latest', 'incomparable'],
  ])('%s: %s is %s', (text, version, said) => expect(standing('npm', [text], [], version)).toBe(said));

  it('are alternatives, beside listed versions', () => {
    expect(standing('npm', ['+1.0.0 -1.1.0', '+2.0.0 -2.1.0'], [], '2.0.0')).toBe('affected until 2.1.0');
    expect(standing('npm', ['+1.0.0 -1.1.0'], ['3.0.0'], '3.0.0')).toBe('affected');
    expect(standing('PyPI', [], ['1.0'], '1.0.0')).toBe('affected');
    expect(standing('PyPI', [], ['1.0'], '1.1')).toBe('unaffected');
    expect(standing('PyPI', [], ['weird one'], 'weird one')).toBe('affected');
    expect(standing('PyPI', [], ['1.0'], 'weird one')).toBe('incomparable');
  });
});
