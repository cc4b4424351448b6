import { describe, expect, it } from 'vitest';
import { runCli } from '../../test/support/run-cli.ts';
import { probes, statements } from '../checks/exposure/index.ts';
import { checks } from '../checks/index.ts';

const json = async (...options: readonly string[]) =>
  JSON.parse((await runCli(['checks', '--json', ...options])).out) as readonly { readonly kind: string; readonly id: string }[];
const exposed = [...probes, ...statements].map(({ id }) => id);

describe('the catalogue', () => {
  it('has every check, every probe and every statement', async () =>
    expect((await json()).map(({ id }) => id)).toEqual([...checks.map(({ id }) => id), ...exposed]));

  it.each([
    ['configuration', checks.map(({ id }) => id)],
    ['penetration', exposed],
  ])('has those of kind %s alone where asked', async (kind, ids) => {
    const listed = await json('--kind', kind);
    expect(listed.map(({ id }) => id)).toEqual(ids);
    expect(new Set(listed.map((one) => one.kind))).toEqual(new Set([kind]));
  });

  it('says of a probe what it covers, how it looks and what it leaves', async () => {
    const pods = (await json('--kind', 'penetration')).find(({ id }) => id === 'exposure/kubelet/anonymous-pods');
    expect(pods).toMatchObject({
      decidedBy: 'network',
      covers: expect.arrayContaining(['KHV036']),
      intrusiveness: 'reading',
      leaves: expect.stringMatching(/\.$/),
      doors: { ports: expect.arrayContaining([10250]), vantages: ['external', 'internal'] },
    });
  });

  it('is a table for people', async () => {
    const { out, exit } = await runCli(['checks', '--kind', 'penetration']);
    expect(exit).toBe(0);
    expect(out).toMatch(/KHV036 .*exposure\/kubelet\/anonymous-pods .*high/);
    expect(out).not.toContain('api-server/profiling');
  });

  it('knows no other kind', async () => expect((await runCli(['checks', '--kind', 'sbom'])).exit).toBe(2));
});
