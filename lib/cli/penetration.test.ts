import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePki } from '../../test/support/certificates.ts';
import { kubeconfigText } from '../../test/support/kubeconfig.ts';
import { runCli } from '../../test/support/run-cli.ts';
import { misplacedOptions, type PenetrationFlags, penetrationOptions } from './penetration.ts';

type Flags = Parameters<typeof misplacedOptions>[0];
const flags = (kind: string, more: Partial<Flags> = {}): Flags => ({
  kind,
  vantage: ['external'],
  allow: [],
  probeImage: 'node:24',
  ...more,
});

describe('options that mean nothing to the kind', () => {
  it.each<[string, Flags]>([
    ['a configuration scan with its own', flags('configuration', { nodeFacts: true, benchmark: '2.0.1', recording: 'x.json' })],
    [
      'a penetration scan with its own',
      flags('penetration', { dryRun: true, targets: ['nodes'], allow: ['10.0.0.0/8'], vantage: ['external', 'internal'] }),
    ],
  ])('%s: fine', (_, given) => expect(misplacedOptions(given)).toBeUndefined());

  it.each<[string, Partial<Flags>]>([
    ['--dry-run', { dryRun: true }],
    ['--targets', { targets: ['nodes'] }],
    ['--allow', { allow: ['10.0.0.0/8'] }],
    ['--vantage', { vantage: ['internal'] }],
    ['--probe-token', { probeToken: 'token' }],
  ])('%s with a configuration scan', (option, more) => {
    const say = `${option} cannot be used with --kind configuration; leave it out.`;
    expect(misplacedOptions(flags('configuration', more))).toEqual({ ok: false, failure: { code: 'input-invalid', say } });
  });

  it.each<[string, Partial<Flags>]>([
    ['--node-facts', { nodeFacts: true }],
    ['--benchmark', { benchmark: '2.0.1' }],
    ['--recording', { recording: 'x.json' }],
  ])('%s with a penetration scan', (option, more) => {
    const say = `${option} cannot be used with --kind penetration; leave it out.`;
    expect(misplacedOptions(flags('penetration', more))).toEqual({ ok: false, failure: { code: 'input-invalid', say } });
  });

  it('names all of them', () => {
    const { failure } = misplacedOptions(flags('configuration', { dryRun: true, allow: ['10.0.0.0/8'] })) ?? { failure: undefined };
    expect(failure?.say).toBe('--dry-run and --allow cannot be used with --kind configuration; leave them out.');
  });
});

it('passes on what was chosen, and no networks of a project: the command line has none', () => {
  const given: PenetrationFlags = flags('penetration', { targets: ['nodes'], allow: ['10.0.0.0/8'] });
  expect(penetrationOptions(given)).toEqual({ vantages: ['external'], targets: ['nodes'], allow: ['10.0.0.0/8'], probeImage: 'node:24' });
});

describe('on the command line', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['misplaced', ['--dry-run'], /--dry-run cannot be used with --kind configuration/],
    [
      'a recording has no network',
      ['--kind', 'penetration', '--recording', 'x.json'],
      /--recording cannot be used with --kind penetration/,
    ],
    ['a vantage that is none', ['--kind', 'penetration', '--vantage', 'outside'], /outside.*external, internal/s],
  ])('%s: told before anything is asked', async (_, argv, says) => {
    const { exit, out, err } = await runCli(['scan', ...argv], { env: { KUBECONFIG: '/nowhere' } });
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(says);
  });
});

describe('--probe-token', () => {
  it('is for the external vantage: no pod is given one', () => {
    expect(misplacedOptions(flags('penetration', { probeToken: 'token', vantage: ['internal'] }))).toMatchObject({
      ok: false,
      failure: { code: 'input-invalid', say: expect.stringContaining('--vantage external') },
    });
    expect(misplacedOptions(flags('penetration', { probeToken: 'token', vantage: ['external', 'internal'] }))).toBeUndefined();
  });

  it('is no option of the scan, so that it is stored with none', () => {
    expect(JSON.stringify(penetrationOptions(flags('penetration', { probeToken: 'token-file' })))).not.toContain('token-file');
  });

  it.each<[string, string | undefined, object, RegExp]>([
    ['a file that is not there', undefined, {}, /Cannot read the token/],
    ['a file of something else', 'two words of a secret-text', {}, /holds no token/],
    [
      'a cluster that proves nothing',
      'abc.def',
      { cluster: { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true } },
      /proves who it is/,
    ],
  ])('%s: told, without what is in it', async (_, text, change, says) => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-token-'));
    try {
      const [file, config] = [join(folder, 'token'), join(folder, 'config')];
      if (text !== undefined) await writeFile(file, text);
      await writeFile(config, kubeconfigText(await makePki(), 'https://127.0.0.1:1', change));
      const argv = ['scan', '--kind', 'penetration', '--kubeconfig', config, '--probe-token', file, '--out', join(folder, 'out')];
      const { exit, out, err } = await runCli(argv);
      expect(exit).toBe(2);
      expect(err).toMatch(says);
      expect(out + err).not.toMatch(/secret-text|abc\.def/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
