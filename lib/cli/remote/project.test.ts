import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../../test/support/answers.ts';
import { type RemoteService, startRemoteService } from '../../../test/support/remote-service.ts';
import { newToken } from '../../fleet/token-text.ts';

let service: RemoteService;
let reviewer: string;

/** Another person who may everything, and a token of theirs. */
const addPerson = async (id: string, name: string): Promise<string> => {
  const { records, clock } = service.ports;
  const assignments = { tenantRoles: ['tenant-admin'], projects: [] };
  const user = { id, issuer: 'https://id.example.com', subject: id, name, assignments, createdAt: clock.now() };
  must(await records.users.create(user));
  const { id: tokenId, text, hash } = newToken(clock);
  const owner = { type: 'person' as const, id, name };
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  must(await records.tokens.create({ id: tokenId, name: `of ${id}`, owner, assignments, createdAt: clock.now(), expiresAt, hash }));
  return text;
};
beforeAll(async () => {
  service = await startRemoteService();
  reviewer = await addPerson('usr-00000000000a', 'Grace');
  await addPerson('usr-00000000000b', 'Grace');
});
afterAll(() => service.close());
const asReviewer = (args: readonly string[]) => service.cli(args, { env: { ...service.env, GATEHOUSE_TOKEN: reviewer } });

describe('waivers', () => {
  const request = [
    'waivers',
    'request',
    '--check',
    'pods/*',
    '--reason',
    'the CNI needs it',
    '--owner',
    'platform',
    '--expires',
    '2027-03-31',
  ];
  it('are asked for by one person and approved by another', async () => {
    const asked = await service.cli([...request, '--json']);
    expect(asked).toMatchObject({ exit: 0, err: '' });
    const { id } = JSON.parse(asked.out);
    expect(await service.cli(['waivers', 'approve', id, '--reason', 'fine'])).toMatchObject({ exit: 2, out: '' });
    expect(await asReviewer(['waivers', 'approve', id, '--reason', 'fine'])).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/state +approved/),
    });
    expect((await service.cli(['waivers', 'list', '--state', 'approved'])).out).toContain('the CNI needs it');
    expect((await service.cli(['waivers', 'withdraw', id])).out).toMatch(/state +withdrawn/);
  });

  it('are rejected, too', async () => {
    const { id } = JSON.parse((await service.cli([...request, '--json'])).out);
    expect((await asReviewer(['waivers', 'reject', id, '--reason', 'can be fixed'])).out).toMatch(/state +rejected/);
    expect((await service.cli(['waivers', 'list', '--state', 'approved'])).out).toBe('There are no waivers in this project.\n');
  });

  it('name every field that is wrong', async () => {
    const ran = await service.cli(['waivers', 'request', '--check', '', '--reason', '', '--owner', 'x', '--expires', 'soon']);
    expect(ran).toMatchObject({ exit: 2, out: '' });
    expect(ran.err).toMatch(/\n {2}\/match\/check: .*\n {2}\/reason: .*\n {2}\/expires: /);
  });
});

describe('webhooks', () => {
  it('are made with a secret that is shown once, tested, switched off and deleted', async () => {
    const url = 'https://hooks.example.com/gatehouse';
    const made = await service.cli(['webhooks', 'create', url, '--event', 'scan.failed']);
    expect(made).toMatchObject({ exit: 0, err: 'Keep the secret: it is not shown again.\n', out: expect.stringMatching(/secret +\S+/) });
    // exit status 1: sent, and not taken
    expect(await service.cli(['webhooks', 'test', url])).toMatchObject({ exit: 1, out: expect.stringContaining('It answered 500.') });
    const updated = await service.cli(['webhooks', 'update', url, '--no-active', '--json']);
    expect(JSON.parse(updated.out)).toMatchObject({ active: false, events: ['scan.failed'] });
    expect((await service.cli(['webhooks', 'delete', url])).exit).toBe(0);
    expect((await service.cli(['webhooks', 'list'])).out).toBe('There are no webhooks in this project.\n');
  });
});

describe('a name', () => {
  it('that several have is not guessed', async () => {
    const ran = await service.cli(['users', 'show', 'grace']);
    expect(ran).toMatchObject({
      exit: 2,
      err: 'gatehouse: Several users are called "grace": usr-00000000000a, usr-00000000000b; give the id.\n',
    });
    expect((await service.cli(['users', 'show', 'usr-00000000000b'])).exit).toBe(0);
  });
});
