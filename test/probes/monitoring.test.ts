import { expect, it } from 'vitest';
import { freePort, makeFolder, type Running, startProgram } from './programs.ts';
import { addOns, lookAt } from './seen.ts';

/** A user with the password `pass`. */
const users = 'basic_auth_users:\n  reader: $2b$04$hbfrDezE/qZyz.LM2zkifuM75WrfDA/5yRSkfgqS1tUBfKN1ubR5W\n';

const startPrometheus = async (...more: string[]): Promise<Running> => {
  const port = await freePort();
  const config =
    'scrape_configs:\n  - job_name: itself\n    basic_auth: { username: u, password: hunter2 }\n    static_configs: [{ targets: ["127.0.0.1:9"] }]\n';
  const folder = makeFolder({ 'prometheus.yml': config, 'web.yml': users });
  const args = [`--web.listen-address=127.0.0.1:${port}`, '--config.file=prometheus.yml', '--storage.tsdb.path=data', ...more];
  return startProgram('usr/bin/prometheus', port, folder, args);
};

it('finds a Prometheus that gives its configuration to everybody, and keeps what is in it to itself', async () => {
  await using server = await startPrometheus();
  const seen = await lookAt(server.port);
  expect(addOns(seen.failed)).toEqual(['add-ons/prometheus']);
  expect(seen.note('add-ons/prometheus')?.severity).toBeUndefined();
  expect(JSON.stringify(seen.sight)).not.toContain('hunter2');
});

it('recognises Prometheus by its page behind any port', async () => {
  await using server = await startPrometheus();
  expect(addOns((await lookAt(server.port, { hints: [] })).failed)).toEqual(['add-ons/prometheus']);
});

it('says nothing against a Prometheus with users', async () => {
  await using server = await startPrometheus('--web.config.file=web.yml');
  const seen = await lookAt(server.port);
  expect(addOns(seen.failed)).toEqual([]);
  expect(seen.passed).toContain('add-ons/prometheus');
});

it('finds a node exporter, and takes it for none of the add-ons', async () => {
  const port = await freePort();
  await using server = await startProgram('usr/bin/prometheus-node-exporter', port, makeFolder(), [
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
  const seen = await lookAt(server.port);
  expect(addOns(seen.failed)).toEqual([]);
  expect(seen.note('components/node-exporter')?.evidence[0]?.found).toMatch(/node exporter \d+\.\d+/);
});

it('says nothing at a closed port', async () => {
  const seen = await lookAt(await freePort());
  expect(seen.sight.doors.map(({ state }) => state)).toEqual(['closed']);
  expect(seen.sight.notes).toEqual([]);
});
