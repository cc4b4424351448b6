import { expect, it } from 'vitest';
import { freePort, makeFolder, type Running, startProgram } from './programs.ts';
import { addOns, lookAt } from './seen.ts';

const users = 'reader:$2b$04$hbfrDezE/qZyz.LM2zkifuM75WrfDA/5yRSkfgqS1tUBfKN1ubR5W\n';
const startRegistry = async (more = ''): Promise<Running> => {
  const port = await freePort();
  const config = `version: 0.1\nstorage: { filesystem: { rootdirectory: data } }\nhttp: { addr: "127.0.0.1:${port}" }\n${more}`;
  return startProgram('usr/bin/docker-registry', port, makeFolder({ 'config.yml': config, users }), ['serve', 'config.yml']);
};

it('finds a registry that lists its images to everybody', async () => {
  await using server = await startRegistry();
  expect(addOns((await lookAt(server.port)).failed)).toEqual(['add-ons/registry']);
});

it('says nothing against a registry with users', async () => {
  await using server = await startRegistry('auth: { htpasswd: { realm: registry, path: users } }\n');
  const seen = await lookAt(server.port);
  expect(addOns(seen.failed)).toEqual([]);
  expect(seen.passed).toContain('add-ons/registry');
});
