import { describe, expect, it } from 'vitest';
import { checks } from '../checks/index.ts';
import { chooseFramework, frameworks } from './index.ts';

const table = (version: string) => {
  const found = frameworks.find((framework) => framework.version === version);
  if (!found) throw new Error(`no ${version}`);
  return found;
};
const ids = (version: string) => table(version).controls.map(({ id }) => id);
const checkOf = (version: string, id: string) => table(version).controls.find((control) => control.id === id)?.checks[0];
const section = (id: string) => id.slice(0, id.lastIndexOf('.'));

/** Sizes of sections 1.1 1.2 1.3 1.4 · 2 · 3.1 3.2 · 4.1 4.2 4.3 · 5.1 … 5.6 (5.7), total, automated: counted from the benchmarks, not from our tables. */
const sizes: Record<string, readonly [sections: string, total: number, automated: number]> = {
  '1.7': ['21 31 7 2 · 7 · 3 2 · 10 13 0 · 13 13 2 2 1 4', 131, 68],
  '1.8': ['21 30 7 2 · 7 · 3 2 · 10 13 0 · 13 13 2 2 1 4', 130, 70],
  '1.9': ['21 29 7 2 · 7 · 3 2 · 10 13 1 · 13 13 2 2 1 4', 130, 69],
  '1.10': ['21 29 7 2 · 7 · 3 2 · 10 13 1 · 13 13 2 2 1 4', 130, 69],
  '1.11': ['21 30 7 2 · 7 · 3 2 · 10 15 1 · 13 13 2 2 1 4', 133, 64],
  '1.12': ['21 30 7 2 · 7 · 3 2 · 10 14 1 · 13 12 2 2 1 4', 131, 64],
  '2.0.1': ['21 30 7 2 · 7 · 3 2 · 10 14 1 · 13 12 2 2 1 4', 131, 64],
};
const sectionsOf = (version: string) =>
  `1.1 1.2 1.3 1.4 · 2 · 3.1 3.2 · 4.1 4.2 4.3 · 5.1 5.2 5.3 5.4 5.5 ${['1.7', '1.8', '1.9', '1.10'].includes(version) ? '5.7' : '5.6'}`;

it('has the editions there are, in the order of their age', () =>
  expect(frameworks.map(({ version }) => version)).toEqual(Object.keys(sizes)));

describe.each(Object.entries(sizes))('CIS Kubernetes Benchmark %s', (version, [sections, total, automated]) => {
  const { controls } = table(version);

  it('has as many controls per section, and in total, as the benchmark', () => {
    const count = (name: string) => (name === '·' ? name : String(ids(version).filter((id) => section(id) === name).length));
    expect(sectionsOf(version).split(' ').map(count).join(' ')).toBe(sections);
    expect(controls).toHaveLength(total);
  });

  it('calls as many automated as the benchmark', () => expect(controls.filter((control) => control.automated)).toHaveLength(automated));

  it('numbers each section 1, 2, 3 … in order', () => {
    for (const [name, some] of Map.groupBy(ids(version), section)) expect(some).toEqual(some.map((_, index) => `${name}.${index + 1}`));
  });

  it('uses each check once', () => {
    const used = controls.flatMap(({ checks }) => checks);
    expect(used.toSorted()).toEqual([...new Set(used)].toSorted());
    expect(controls.filter(({ checks }) => checks.length === 0)).toEqual([]);
  });
});

describe('checks', () => {
  const known = checks.map(({ id }) => id);
  const used = new Set(frameworks.flatMap(({ controls }) => controls.flatMap((control) => control.checks)));

  it('of every control exist', () => expect([...used].filter((id) => !known.includes(id))).toEqual([]));

  it('all stand behind a control, but those that no benchmark asks for', () =>
    expect(known.filter((id) => !used.has(id))).toEqual(['api-server/running-flags']));

  it('stand behind the same control of 1.12 and 2.0.1', () => {
    const pairs = (version: string) => table(version).controls.map((control) => [control.id, ...control.checks]);
    expect(pairs('1.12')).toEqual(pairs('2.0.1'));
  });
});

describe('levels', () => {
  const levelTwo = (version: string) =>
    table(version)
      .controls.flatMap(({ id, level }) => (level === 2 ? [id] : []))
      .join(' ');
  it.each([
    ['1.8', '1.2.12 1.2.13 1.2.14 1.2.15 2.7 3.2.2 4.2.8 5.2.7 5.2.10 5.3.2 5.4.1 5.4.2 5.5.1 5.7.2 5.7.3 5.7.4'],
    ['1.10', '1.2.12 1.2.13 1.2.14 2.7 3.2.2 4.2.8 5.2.7 5.2.10 5.3.2 5.4.1 5.4.2 5.5.1 5.7.2 5.7.3 5.7.4'],
    ['1.11', '1.2.12 1.2.13 1.2.14 2.7 3.2.2 4.2.8 4.2.15 5.2.7 5.2.10 5.3.2 5.4.1 5.4.2 5.5.1 5.6.2 5.6.3 5.6.4'],
    ['1.12', '1.2.12 1.2.13 1.2.14 2.7 3.2.2 4.2.8 5.2.7 5.3.2 5.4.1 5.4.2 5.5.1 5.6.2 5.6.3 5.6.4'],
    ['2.0.1', '1.2.12 1.2.13 1.2.14 2.7 3.2.2 4.2.8 5.2.7 5.2.9 5.3.2 5.4.1 5.4.2 5.5.1 5.6.2 5.6.3 5.6.4'],
  ])('of %s are as published', (version, expected) => expect(levelTwo(version)).toBe(expected));
});

it('calls these automated in 2.0.1', () =>
  expect(
    table('2.0.1')
      .controls.flatMap(({ id, automated }) => (automated ? [id] : []))
      .join(' '),
  ).toBe(
    '1.1.1 1.1.2 1.1.3 1.1.4 1.1.5 1.1.6 1.1.7 1.1.8 1.1.11 1.1.12 1.1.13 1.1.14 1.1.15 1.1.16 1.1.17 1.1.18 1.1.19 1.2.2 1.2.4 1.2.5 1.2.6 1.2.7 1.2.8 1.2.10 ' +
      '1.2.12 1.2.13 1.2.14 1.2.15 1.2.16 1.2.17 1.2.18 1.2.19 1.2.21 1.2.22 1.2.23 1.2.24 1.2.25 1.2.26 1.2.30 1.3.2 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.4.1 1.4.2 ' +
      '2.1 2.2 2.3 2.4 2.5 2.6 4.1.1 4.1.2 4.1.5 4.1.6 4.1.9 4.1.10 4.2.1 4.2.2 4.2.3 4.2.6 4.2.10',
  ));

it.each([
  ['1.7', '1.2.13', 'api-server/service-account-admission'],
  ['1.7', '1.2.15', 'api-server/node-restriction'],
  ['1.7', '1.2.16', 'api-server/secure-port'],
  ['1.7', '1.2.17', 'api-server/profiling'],
  ['1.7', '1.2.31', 'api-server/tls-cipher-suites'],
  ['1.8', '1.2.12', 'api-server/security-context-deny'],
  ['1.8', '1.2.30', 'api-server/tls-cipher-suites'],
  ['1.9', '1.2.29', 'api-server/tls-cipher-suites'],
  ['1.9', '5.2.9', 'pods/added-capabilities'],
  ['1.10', '5.2.13', 'pods/host-ports'],
  ['1.10', '5.7.4', 'namespaces/default-unused'],
  ['1.11', '1.2.30', 'api-server/service-account-token-extension'],
  ['1.11', '4.2.15', 'kubelet/ip-address-deny'],
  ['1.11', '5.2.10', 'pods/capabilities'],
  ['1.12', '5.2.9', 'pods/capabilities'],
  ['2.0.1', '5.6.2', 'pods/seccomp-profile'],
])('knows which check stands behind %s %s, although numbers move', (version, id, check) => expect(checkOf(version, id)).toBe(check));

describe('the benchmark for a cluster', () => {
  it.each([
    ['v1.25.16', '1.7', '1.25', true],
    ['v1.26.0', '1.8', '1.26', true],
    ['v1.27.3+vmware.1', '1.9', '1.27', true],
    ['v1.28.9-eks-036c24b', '1.10', '1.28', true],
    ['v1.29.0', '1.11', '1.29-1.31', true],
    ['v1.31.4+rke2r1', '1.11', '1.29-1.31', true],
    ['v1.32.2', '1.12', '1.32-1.34', true],
    ['v1.33.1+vmware.2-vkr.1', '1.12', '1.32-1.34', true],
    ['v1.34.0', '2.0.1', '1.34-1.35', true],
    ['v1.35.4', '2.0.1', '1.34-1.35', true],
    ['v1.36.3', '2.0.1', '1.34-1.35', false],
    ['v2.1.0', '2.0.1', '1.34-1.35', false],
  ])('%s is %s, made for %s: in range %s', (kubernetes, version, range, inRange) => {
    const chosen = chooseFramework(kubernetes);
    expect(chosen).toMatchObject({ ok: true, value: { framework: { version }, range, inRange } });
  });

  it('is refused for a cluster older than every range', () =>
    expect(chooseFramework('v1.24.17')).toMatchObject({
      ok: false,
      failure: { code: 'version-unsupported', say: expect.stringContaining('1.25') },
    }));

  it('is the one asked for, in range or not', () => {
    expect(chooseFramework('v1.36.3', '1.12')).toMatchObject({ ok: true, value: { framework: { version: '1.12' }, inRange: false } });
    expect(chooseFramework('v1.34.1', '1.12')).toMatchObject({ ok: true, value: { framework: { version: '1.12' }, inRange: true } });
    expect(chooseFramework('v1.24.17', '1.7')).toMatchObject({ ok: true, value: { framework: { version: '1.7' }, inRange: false } });
  });

  it('is refused, with all names, for one that does not exist', () =>
    expect(chooseFramework('v1.34.1', '1.13')).toMatchObject({
      ok: false,
      failure: { code: 'input-invalid', say: expect.stringContaining('1.7, 1.8, 1.9, 1.10, 1.11, 1.12, 2.0.1') },
    }));

  it('is refused for a text that is no version', () =>
    expect(chooseFramework('unknown')).toMatchObject({ ok: false, failure: { code: 'answer-invalid' } }));
});
