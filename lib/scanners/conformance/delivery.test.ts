import { execFile, spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordedJunit, recordedLog } from '../../../test/support/suite-recording.ts';
import { deliveryScript, mark, readDelivery, readPassed } from './delivery.ts';

const nonce = 'a1b2c3';

/** What the second container prints, made by its own script in a real shell. */
const deliver = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-delivery-'));
  for (const [name, text] of Object.entries({ ...files, done: '/tmp/results/e2e.tar.gz' })) await writeFile(join(folder, name), text);
  const script = deliveryScript.replace('cd /tmp/results', `cd ${folder}`);
  return (await promisify(execFile)('sh', ['-c', script], { env: { PATH: process.env.PATH, NONCE: nonce }, maxBuffer: 64 << 20 })).stdout;
};

const sayOf = (log: string, file: 'e2e.log' | 'junit_01.xml' = 'junit_01.xml', who = nonce): string => {
  const read = readDelivery(log, who)[file];
  return read.ok ? 'whole' : read.failure.say;
};

describe('files that come out of the pod through its log', () => {
  let log: string;
  beforeAll(async () => {
    // random text does not pack, so that there are many lines
    const large = Array.from({ length: 60_000 }, () => Math.random().toString(36)).join('');
    log = await deliver({ 'e2e.log': `${await recordedLog()}${large}`, 'junit_01.xml': await recordedJunit() });
  });

  it('arrive as they were', async () => {
    const read = readDelivery(log, nonce);
    expect(read['junit_01.xml'].ok && read['junit_01.xml'].value.text).toBe(await recordedJunit());
    expect(read['e2e.log'].ok && read['e2e.log'].value.text.startsWith(await recordedLog())).toBe(true);
    expect(log.split('\n').length).toBeGreaterThan(20);
    expect(Math.max(...log.split('\n').map((line) => line.length))).toBeLessThan(8_100);
  });

  it('also when other lines stand between them', () => {
    const mixed = log.split('\n').flatMap((line) => [`${mark} other e2e.log begin 1 2`, line, 'noise']);
    expect(sayOf(mixed.join('\n'))).toBe('whole');
  });

  it('are refused with another nonce: nobody else can write them', () =>
    expect(sayOf(log, 'junit_01.xml', 'ffff')).toContain('beginning is missing'));

  it.each<[string, (lines: string[]) => string[], string]>([
    ['without their end', (lines) => lines.filter((line) => !line.includes('junit_01.xml end')), 'its end is missing'],
    ['without their beginning', (lines) => lines.filter((line) => !line.includes('junit_01.xml begin')), 'its beginning is missing'],
    ['without a line', (lines) => lines.filter((line) => !line.includes('junit_01.xml 0 ')), 'lines are missing'],
    ['twice', (lines) => [...lines, ...lines], 'it begins twice'],
    ['of another size', (lines) => lines.map((line) => line.replace(/(junit_01.xml begin )\d+/, '$17')), 'cannot be unpacked'],
    ['of absurd size', (lines) => lines.map((line) => line.replace(/(junit_01.xml begin )\d+/, '$199999999999')), 'larger than any'],
    ['with another hash', (lines) => lines.map((line) => line.replace(/(junit_01.xml begin \d+ )\w+/, '$1abc')), 'SHA-256'],
    ['of rubbish', (lines) => lines.map((line) => line.replace(/(junit_01.xml 0 ).*/, '$1AAAA')), 'cannot be unpacked'],
  ])('are refused %s', (_, change, why) => expect(sayOf(change(log.split('\n')).join('\n'))).toContain(why));

  it('are refused when the log was cut, wherever', () => {
    for (let end = 0; end < log.length - 40; end += Math.ceil(log.length / 40)) expect(sayOf(log.slice(0, end))).not.toBe('whole');
  });

  it('lose the log of the suite first when the beginning is gone, and keep what counts', () => {
    const rotated = log.slice(10_000);
    expect([sayOf(rotated), sayOf(rotated, 'e2e.log') === 'whole']).toEqual(['whole', false]);
  });

  it('do not unpack to more than they say: a bomb is refused', () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1_048_576)).toString('base64');
    const lines = [
      `${mark} ${nonce} junit_01.xml begin 100 abc`,
      `${mark} ${nonce} junit_01.xml 0 ${bomb}`,
      `${mark} ${nonce} junit_01.xml end 1`,
    ];
    expect(sayOf(lines.join('\n'))).toContain('cannot be unpacked');
  });

  it('may be absent', async () => expect(sayOf(await deliver({ 'e2e.log': 'x' }))).toContain('beginning is missing'));
});

it('tells while the suite runs how many tests have passed, though no line has ended yet', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-delivery-'));
  const log = await recordedLog();
  await writeFile(join(folder, 'e2e.log'), log.slice(0, log.indexOf('•') + 1));
  const child = spawn('sh', ['-c', deliveryScript.replace('cd /tmp/results', `cd ${folder}`)], {
    env: { PATH: process.env.PATH, NONCE: nonce },
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await until(() => readPassed(out, nonce) > 0);
  const before = readPassed(out, nonce);
  expect(readPassed(out, 'ffff')).toBe(0);
  await writeFile(join(folder, 'e2e.log'), log);
  await until(() => readPassed(out, nonce) > before);
  expect(readPassed(out, nonce)).toBe(21);
  child.kill('SIGKILL');
}, 60_000);
