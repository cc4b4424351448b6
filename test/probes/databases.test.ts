import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type Pair } from '../support/certificates.ts';
import { freePort, makeFolder, packaged, type Running, runProgram, startProgram } from './programs.ts';
import { addOns, lookAt } from './seen.ts';

let certificate: Pair;
beforeAll(async () => {
  certificate = await makeCertificate({ name: 'database' });
});

const startRedis = async (...more: string[]): Promise<Running> => {
  const port = await freePort();
  const folder = makeFolder({ 'server.crt': certificate.cert, 'server.key': certificate.key });
  const listen = more.includes('--tls-port') ? [] : ['--port', String(port)];
  const args = ['--bind', '127.0.0.1', '--save', '', ...listen, ...more.map((one) => (one === 'PORT' ? String(port) : one))];
  return startProgram('usr/bin/redis-server', port, folder, args);
};
const tls = [
  '--tls-port',
  'PORT',
  '--port',
  '0',
  '--tls-cert-file',
  'server.crt',
  '--tls-key-file',
  'server.key',
  '--tls-ca-cert-file',
  'server.crt',
];

describe('Redis', () => {
  it('is found without a login', async () => {
    await using server = await startRedis();
    const seen = await lookAt(server.port);
    expect(addOns(seen.failed)).toEqual(['add-ons/redis']);
    expect(seen.note('add-ons/redis')?.evidence[0]?.found).toMatch(/of version \d+\.\d+/);
  });

  it('is found without a login over TLS', async () => {
    await using server = await startRedis(...tls, '--tls-auth-clients', 'no');
    expect(addOns((await lookAt(server.port, { hints: [6379] })).failed)).toEqual(['add-ons/redis']);
  });

  it('passes with a password', async () => {
    await using server = await startRedis('--requirepass', 'hunter2');
    const seen = await lookAt(server.port, { hints: [6379] });
    expect(addOns(seen.failed)).toEqual([]);
    expect(seen.passed).toContain('add-ons/redis');
  });

  it('passes where it asks for a client certificate', async () => {
    await using server = await startRedis(...tls);
    const seen = await lookAt(server.port, { hints: [6379] });
    expect(addOns(seen.failed)).toEqual([]);
    expect(seen.passed).toContain('add-ons/redis');
  });
});

/** The version that this release has. */
const [version] = readdirSync(packaged('usr/lib/postgresql'));
const bin = `usr/lib/postgresql/${version}/bin`;
const startPostgres = async (access: string, ...more: string[]): Promise<Running> => {
  const port = await freePort();
  const folder = makeFolder({ 'server.crt': certificate.cert, 'server.key': certificate.key });
  const data = join(folder, 'data');
  await runProgram(`${bin}/initdb`, ['-D', data, '-U', 'postgres', '--no-sync', '--auth=trust']);
  writeFileSync(join(data, 'pg_hba.conf'), `${access}\n`);
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off', ...more];
  return startProgram(`${bin}/postgres`, port, folder, ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])]);
};
/** A key must belong to the account of the server and to nobody else, or to root: these are fresh files of that account. */
const withTls = ['ssl=on', 'ssl_cert_file=../server.crt', 'ssl_key_file=../server.key'];

describe('PostgreSQL', () => {
  it('is found taking anybody for its superuser', async () => {
    await using server = await startPostgres('host all all 127.0.0.1/32 trust');
    const seen = await lookAt(server.port);
    expect(addOns(seen.failed)).toEqual(['add-ons/postgresql']);
    expect(seen.note('add-ons/postgresql')?.severity).toBeUndefined();
  });

  it('is found asking for a password in clear text', async () => {
    await using server = await startPostgres('host all all 127.0.0.1/32 password', ...withTls);
    expect((await lookAt(server.port, { hints: [5432] })).note('add-ons/postgresql')).toMatchObject({
      outcome: 'fail',
      severity: 'medium',
    });
  });

  it('is found without TLS', async () => {
    await using server = await startPostgres('host all all 127.0.0.1/32 scram-sha-256');
    expect((await lookAt(server.port, { hints: [5432] })).note('add-ons/postgresql')).toMatchObject({ outcome: 'fail', severity: 'low' });
  });

  it.each(['host all all 127.0.0.1/32 scram-sha-256', 'hostssl all all 127.0.0.1/32 trust', 'host all all 10.0.0.0/8 trust'])(
    'passes with TLS and `%s`, as far as can be seen without',
    async (access) => {
      await using server = await startPostgres(access, ...withTls);
      const seen = await lookAt(server.port, { hints: [5432] });
      expect(addOns(seen.failed)).toEqual([]);
      expect(seen.passed).toContain('add-ons/postgresql');
    },
  );
});
