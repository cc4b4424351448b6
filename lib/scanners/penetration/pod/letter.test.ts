import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { doorOf } from '../../../../test/support/probe-targets.ts';
import type { Sight } from '../../../core/probing/index.ts';
import { readLetter, writeLetter } from './letter.ts';

const doors = [doorOf({ address: '10.0.0.4', port: 10250 }), doorOf({ address: 'fd00::4', port: 22 })];
const sight: Sight = {
  vantage: 'internal',
  doors: doors.map((door, at) => ({ door, state: at === 0 ? 'open' : 'filtered' })),
  notes: [{ probe: 'exposure/x/y', door: 0, outcome: 'fail', message: 'Open.', evidence: [{ looked: 'GET /', found: '200' }] }],
  // random enough that gzip makes several lines of it
  exchanges: Array.from({ length: 400 }, (_, at) => ({
    probe: 'knock',
    endpoint: `10.0.0.4:${at}`,
    sent: createHash('sha256').update(String(at)).digest('hex'),
    answered: 'open',
  })),
  timedOut: 3,
};
const lines = writeLetter(sight, 'one');
const read = (log: readonly string[] | string, nonce = 'one') =>
  readLetter(typeof log === 'string' ? log : log.join('\n'), nonce, 'internal', doors);

/** A letter around any bytes, with the right sum, as only its writer or somebody with its nonce can make one. */
const around = (bytes: Uint8Array, nonce = 'one'): string =>
  [
    `gatehouse-sight ${nonce} 0 ${Buffer.from(bytes).toString('base64')}`,
    `gatehouse-sight ${nonce} end 1 ${createHash('sha256').update(bytes).digest('hex')}`,
  ].join('\n');
const letterOf = (more: object): string =>
  around(gzipSync(JSON.stringify({ states: ['open', 'closed'], notes: [], exchanges: [], timedOut: 0, ...more })));

describe('a letter', () => {
  it('comes back whole, in several lines, none of which a container runtime cuts', () => {
    expect(lines.length).toBeGreaterThan(3);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(16_384);
    expect(read(lines)).toEqual({ ok: true, value: sight });
  });

  it('is found among other lines, and those of another run do not count', () => {
    const other = writeLetter({ ...sight, timedOut: 9 }, 'two');
    const mixed = ['(node:1) a warning', ...other.slice(0, 1), ...lines, ...other.slice(1), ''];
    expect(read(mixed)).toEqual({ ok: true, value: sight });
    expect(read(mixed, 'two')).toMatchObject({ ok: true, value: { timedOut: 9 } });
  });
});

describe('what is no whole letter is no sight', () => {
  const changed = lines[0]?.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) ?? '';
  it.each<[string, readonly string[] | string, RegExp]>([
    ['an empty log', '', /its end is missing/],
    ['the log of another run', writeLetter(sight, 'two'), /its end is missing/],
    ['cut: the end is missing', lines.slice(0, -1), /its end is missing/],
    ['cut within a line', lines.join('\n').slice(0, -70), /check sum|end is missing/],
    ['rotated: the beginning is missing', lines.slice(1), /lines are missing/],
    ['a line in the middle is missing', lines.filter((_, at) => at !== 1), /lines are missing/],
    ['a line twice', [...lines.slice(0, 1), ...lines], /lines are missing/],
    ['lines in another order', [...lines.slice(1, 2), ...lines.slice(0, 1), ...lines.slice(2)], /lines are missing/],
    ['one character is another', [changed, ...lines.slice(1)], /check sum/],
    ['a wrong sum', [...lines.slice(0, -1), `gatehouse-sight one end ${lines.length - 1} ${'0'.repeat(64)}`], /check sum/],
    ['not gzip', around(Buffer.from('{}')), /not what the program writes/],
    ['not JSON', around(gzipSync('hello')), /not what the program writes/],
    ['a state that is none', letterOf({ states: ['open', 'ajar'] }), /not what the program writes/],
    ['a note without evidence', letterOf({ notes: [{ probe: 'p', door: 0, outcome: 'fail', message: 'Open.' }] }), /not what the program/],
    ['fewer doors than were named', letterOf({ states: ['open'] }), /doors nobody named/],
    ['more doors than were named', letterOf({ states: ['open', 'open', 'open'] }), /doors nobody named/],
    [
      'a note about a door that nobody named',
      letterOf({ notes: [{ probe: 'p', door: 2, outcome: 'fail', message: 'Open.', evidence: [] }] }),
      /doors nobody named/,
    ],
  ])('%s', (_, log, says) => {
    const answer = read(log);
    expect(answer).toMatchObject({ ok: false, failure: { code: 'answer-invalid', say: expect.stringMatching(says) } });
    expect(answer).toMatchObject({ failure: { say: expect.stringMatching(/scan again\.$/) } });
  });

  it('a bomb: unpacking ends at a bound', () => {
    const bomb = gzipSync(Buffer.alloc(130 * 1_048_576, 0x20), { level: 1 });
    expect(bomb.length).toBeLessThan(1_048_576);
    expect(read(around(bomb))).toMatchObject({ ok: false, failure: { say: expect.stringContaining('not what the program writes') } });
  });
});
