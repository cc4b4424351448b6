import { describe, expect, it } from 'vitest';
import { recordedJunit } from '../../../test/support/suite-recording.ts';
import { readJunit } from './junit.ts';

const of = (rows: string, tests = 1): string => `<testsuites><testsuite name="x" tests="${tests}">${rows}</testsuite></testsuites>`;
const row = (name: string, inside = ''): string => `<testcase name="${name}" status="passed" time="1.5">${inside}</testcase>`;
const say = (text: string): string => {
  const read = readJunit(text);
  return read.ok ? `${read.value.tests.length} tests` : read.failure.say;
};

describe('the JUnit file of the suite', () => {
  it('tells tests from parts of the suite, and what ran from what was skipped', async () => {
    const read = readJunit(await recordedJunit());
    if (!read.ok) throw new Error(read.failure.say);
    const { tests, setUp, skipped, names } = read.value;
    expect([tests.length, skipped, setUp, names.length]).toEqual([24, 39, [], 63]);
    expect(tests.filter(({ hasPassed }) => !hasPassed).map(({ name }) => name)).toEqual([
      '[sig-cli] Kubectl client Kubectl diff should check if kubectl diff finds a difference for Deployments [Conformance]',
      '[sig-node] ConfigMap should be consumable as environment variable names with various prefixes [Conformance]',
      '[sig-node] ConfigMap should be consumable via the environment [NodeConformance] [Conformance]',
    ]);
    const [diff] = tests.filter(({ hasPassed }) => !hasPassed);
    expect(diff?.output).toContain('failed to run "diff"');
    expect(diff?.seconds).toBeCloseTo(1.026, 3);
    expect(tests.every(({ name }) => !name.startsWith('[It]'))).toBe(true);
  });

  it('resolves entities once, and reads a bare suite', () => {
    const read = readJunit(`<testsuite>${row('[It] a &amp;lt; b &#39;c&#39; &#x41;')}</testsuite>`);
    expect(read.ok && read.value.tests[0]?.name).toBe("a &lt; b 'c' A");
  });

  it('knows a failed part of the suite, which is no test', () => {
    const read = readJunit(
      of(`<testcase name="[SynchronizedBeforeSuite]" status="failed"><failure message="no nodes">boom</failure></testcase>`),
    );
    expect(read.ok && read.value).toMatchObject({ tests: [], setUp: [{ name: '[SynchronizedBeforeSuite]', output: 'no nodes\nboom' }] });
  });

  it.each([
    ['entities', `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${of(row('&b;'))}`, 'declares entities'],
    ['a cut file', of(row('a'), 1).slice(0, 60), 'not whole'],
    ['rows that are missing', of(row('a'), 3), 'speaks of 3 rows and has 1'],
    ['another document', '<html><body/></html>', 'not in the form'],
    ['no XML', 'hello', 'not'],
    ['nothing', '', 'not'],
    ['depth', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`, 'not'],
  ])('refuses %s', (_, text, why) => expect(say(text)).toContain(why));

  it('takes an empty suite for what it is', () => {
    expect(say('<testsuites></testsuites>')).toBe('0 tests');
    expect(say(of('', 0))).toBe('0 tests');
  });

  it('keeps little of what a test says', () => {
    const read = readJunit(of(`<testcase name="a" status="failed"><failure>${'x'.repeat(100_000)}</failure></testcase>`));
    expect(read.ok && read.value.tests[0]?.output?.length).toBe(4_000);
  });
});
