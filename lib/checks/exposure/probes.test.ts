import { describe, expect, it } from 'vitest';
import { requestText } from '../../core/probing/index.ts';
import { ask } from './ask.ts';
import { probes } from './index.ts';
import { none, type OpenDoor, type Probe, type ProbeCase } from './probe.ts';

const probeFiles = import.meta.glob<Record<string, Probe>>('./**/*.probe.ts', { eager: true });
const caseFiles = import.meta.glob<{ cases: readonly ProbeCase[] }>('./**/*.cases.ts', { eager: true });
const onDisk = Object.entries(probeFiles).map(([path, module]) => ({
  path,
  probe: Object.values(module).find((value) => typeof value === 'object' && 'covers' in value) as Probe,
  cases: caseFiles[path.replace('.probe.', '.cases.')]?.cases ?? [],
}));

/** The door of a case: of a place and port that the probe is for, unless the case says otherwise. */
const doorOf = ({ doors }: Probe, { door = {}, greeting = {} }: ProbeCase): OpenDoor => {
  const place = doors.places[0] ?? 'node';
  const port = doors.ports?.[0] ?? 8443;
  return {
    address: '10.0.0.4',
    port,
    transport: doors.transport ?? 'tcp',
    place,
    subject: { kind: 'Node', name: 'cp1', node: 'cp1', role: 'control-plane', port: `${port}/tcp` },
    owner: 'uid-1',
    hints: [],
    published: place === 'published',
    vantage: doors.vantages?.[0] ?? 'external',
    now: '2026-01-01T00:00:00Z',
    greeting,
    ...door,
  };
};

const judge = async (probe: Probe, one: ProbeCase) => {
  const door = doorOf(probe, one);
  const unasked = new Set(Object.keys(one.answers));
  const asked = await ask(probe, door, async (request) => {
    const text = requestText(request);
    unasked.delete(text);
    return one.answers[text] ?? one.otherwise ?? none('hung-up');
  });
  return { verdict: probe.judge(door, asked), unasked: [...unasked] };
};

it('lists every probe that is on disk, once', () => {
  expect(probes.map(({ id }) => id).toSorted()).toEqual(onDisk.map(({ probe }) => probe.id).toSorted());
});

it('finds a probe for every cases file in a folder of probes', () => {
  const folders = new Set(Object.keys(probeFiles).map((path) => path.split('/')[1]));
  const stray = Object.keys(caseFiles).filter((path) => folders.has(path.split('/')[1]) && !probeFiles[path.replace('.cases.', '.probe.')]);
  expect(stray).toEqual([]);
});

describe.each(onDisk)('$probe.id', ({ path, probe, cases }) => {
  it('is named after its folder and file', () => expect(`./${probe.id.replace('exposure/', '')}.probe.ts`).toBe(path));

  it('says why, how to repair it and what it leaves in sentences', () => {
    for (const text of [probe.why, probe.repair, probe.leaves]) expect(text).toMatch(/^[A-Z`'/-].*\.$/s);
    expect(probe.title).not.toMatch(/\.$/);
  });

  it('names techniques, and pages to read on', () => {
    expect(probe.techniques.length).toBeGreaterThan(0);
    for (const technique of probe.techniques) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
    for (const page of probe.references) expect(page).toMatch(/^https:\/\//);
  });

  it('is seen to speak up and to stay silent', () => {
    const expected = cases.map((one) => one.expect);
    expect(expected).toContain(expected.includes('manual') ? 'manual' : 'fail');
    expect(expected.some((one) => one === 'pass' || one === 'not-applicable' || one === 'nothing')).toBe(true);
  });

  it.each(cases)('$expect: $name', async (one) => {
    const { verdict, unasked } = await judge(probe, one);
    expect(unasked, 'answers to questions nobody asked').toEqual([]);
    if (one.expect === 'nothing') return expect(verdict).toBeUndefined();
    expect(verdict?.outcome).toBe(one.expect);
    if (one.severity) expect(verdict?.severity ?? probe.severity).toBe(one.severity);
    const text = JSON.stringify(verdict);
    expect(verdict?.message).toMatch(/\.$/);
    expect(verdict?.evidence.length).toBeGreaterThan(0);
    expect(verdict?.message).not.toMatch(/10\.0\.0\.4|cp1/);
    if (one.says) expect(text).toContain(one.says);
    if (one.hides) expect(text).not.toContain(one.hides);
  });
});
