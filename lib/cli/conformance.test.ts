import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../test/support/run-cli.ts';
import { ScanOptions } from '../fleet/cluster.ts';
import { saveSuiteFiles } from './conformance.ts';
import { conformanceChoice } from './conformance-flags.ts';

const scan = (...more: readonly string[]) => runCli(['scan', '--kind', 'conformance', '--kubeconfig', '/nowhere', ...more]);

describe('a conformance scan on the command line', () => {
  it('says what it will do before it does anything', async () => {
    const { exit, err } = await scan('--mode', 'certified');
    expect(exit).toBe(2);
    expect(err).toMatch(/needs rights like those of a cluster administrator.*disturb.*\n.*nowhere/s);
    expect((await scan('--mode', 'quick')).err).not.toContain('disturb');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a mode there is not', ['--mode', 'lite'], /quick, non-disruptive, certified, custom/],
    ['a focus beside a mode that has its own', ['--mode', 'quick', '--focus', 'x'], /leave one of them out/],
    ['an empty focus', ['--focus', ' '], /empty/],
    ['a time limit above six hours', ['--time-limit', '361'], /1 to 360/],
    ['options of other kinds', ['--node-facts', '--targets', 'nodes'], /--node-facts and --targets cannot be used with --kind conformance/],
  ])('refuses %s', async (_, more, why) => {
    const { exit, err } = await scan(...more);
    expect(exit).toBe(2);
    expect(err).toMatch(why);
  });

  it('has its options refused by other kinds', async () => {
    const { err } = await runCli(['scan', '--kind', 'configuration', '--kubeconfig', '/nowhere', '--skip', 'x', '--registry', 'r.example']);
    expect(err).toContain('--skip and --registry cannot be used with --kind configuration');
  });

  it('hands its options on as the API takes them', () => {
    const flags = { focus: 'x', conformanceImage: 'i:1', pullSecret: ['p'], timeLimit: 5, outputImage: 'b:1', registry: 'r.example' };
    const chosen = { focus: 'x', image: 'i:1', registry: 'r.example', outputImage: 'b:1', pullSecrets: ['p'], limitMinutes: 5 };
    expect(conformanceChoice(flags)).toEqual(chosen);
    expect(ScanOptions.parse({ conformance: conformanceChoice(flags) }).conformance).toEqual(chosen);
    expect(conformanceChoice({})).toBeUndefined();
    expect(ScanOptions.safeParse({ conformance: { mode: 'quick', focus: 'x' } }).success).toBe(false);
  });

  it('prints the rights it needs with a warning', async () => {
    const { out } = await runCli(['permissions', '--kind', 'conformance']);
    expect(out).toContain('WARNING');
    expect(out).toMatch(/resourceNames: \[cluster-admin\]\n\s+verbs: \[bind\]/);
    expect(out).not.toMatch(/nodes\/proxy|pods\/exec|"\*"/);
  });
});

describe('the files of the suite', () => {
  const file = (text: string) => ({ name: 'e2e.log', contentType: 'text/plain', body: Buffer.from(text) });
  it('get a folder of their own for every scan', async () => {
    const out = await mkdtemp(join(tmpdir(), 'gatehouse-suite-'));
    await saveSuiteFiles(out, '2026-11-28T07:00:00.000Z', [file('a')]);
    await saveSuiteFiles(out, '2026-11-29T07:00:00.000Z', [file('b')]);
    expect(await readdir(out)).toEqual(['conformance.2026-11-28T07-00-00Z', 'conformance.2026-11-29T07-00-00Z']);
    expect(await readFile(join(out, 'conformance.2026-11-28T07-00-00Z', 'e2e.log'), 'utf8')).toBe('a');
  });
  it('that cannot be written are a failure with the reason', async () => {
    const out = join(await mkdtemp(join(tmpdir(), 'gatehouse-suite-')), 'file');
    await writeFile(out, '');
    expect(await saveSuiteFiles(out, '2026-11-28T07:00:00.000Z', [file('a')])).toMatchObject({
      ok: false,
      failure: { code: 'output-failed' },
    });
    expect(await saveSuiteFiles(out, '2026-11-28T07:00:00.000Z', [])).toEqual({ ok: true, value: [] });
  });
});
